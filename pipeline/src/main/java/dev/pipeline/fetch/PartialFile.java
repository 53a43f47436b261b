package dev.pipeline.fetch;

import dev.pipeline.fetch.Ranges.Range;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.StopSignal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A file while it is fetched, under a temporary name, beside a note of which of its bytes are
 * there. The note is written after the bytes it speaks of are on the disk, so that after a crash it
 * promises nothing that is not there. Thread-safe.
 *
 * <p>What was written before {@link #restart} is void; whoever still writes to it is told by {@link
 * #write} returning false.
 */
final class PartialFile implements AutoCloseable {
  private static final long NOTE_BYTES = 64L << 20;
  private static final long NOTE_NANOS = Duration.ofSeconds(2).toNanos();

  private final HubFile file;
  private final Path target;
  private final Path partial;
  private final Path note;
  private final Ranges done = new Ranges();
  private final FileOpener opener;
  private @Nullable FileChannel channel;
  private @Nullable String entityTag;
  private boolean resumed;
  private int generation;
  private long unsaved;
  private long savedAt = System.nanoTime();

  /** Opens a file for writing at any position; a seam for disks that fill up. */
  @FunctionalInterface
  interface FileOpener {
    /** Opens or creates {@code file}. */
    FileChannel open(Path file) throws IOException;
  }

  /** What is on disk beside a partial file. */
  private record Note(
      String path, long size, Digest digest, Optional<String> entityTag, List<Range> done) {
    Note {
      Objects.requireNonNull(digest);
      done = List.copyOf(done);
    }
  }

  PartialFile(HubFile file, Path target, FileOpener opener) {
    this.file = file;
    this.target = target;
    this.opener = opener;
    this.partial = target.resolveSibling(target.getFileName() + AtomicFiles.PARTIAL);
    this.note = noteOf(target);
    read();
  }

  /** A channel on the disk; a link in place of the file is not followed. */
  static FileChannel opened(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  /** Removes the note beside a file that has its name; only a kill at the very end leaves one. */
  static void forget(Path target) {
    if (Files.exists(target)) {
      remove(noteOf(target));
    }
  }

  HubFile file() {
    return file;
  }

  Path path() {
    return partial;
  }

  synchronized List<Range> missing() {
    return done.missing(file.size());
  }

  synchronized long covered() {
    return done.covered();
  }

  /** How often it was begun anew. */
  synchronized int generation() {
    return generation;
  }

  /** Whether a part of it is from an earlier process. */
  synchronized boolean isResumed() {
    return resumed;
  }

  /** What the server called the content when it first sent some of it. */
  synchronized Optional<String> entityTag() {
    return Optional.ofNullable(entityTag);
  }

  synchronized void entityTag(String tag) {
    entityTag = tag;
  }

  /** Writes bytes at their place; false when they belong to a content that is void. */
  synchronized boolean write(int ofGeneration, long position, byte[] bytes, int length) {
    if (ofGeneration != generation) {
      return false;
    }
    onDisk(
        () -> {
          ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
          for (long at = position; buffer.hasRemaining(); ) {
            at += open().write(buffer, at);
          }
        });
    unsaved += done.add(position, position + length);
    saveWhenDue();
    return true;
  }

  /** Called while nothing arrives, too, for that may be the last that this process does. */
  synchronized void saveWhenDue() {
    boolean due = unsaved >= NOTE_BYTES || System.nanoTime() - savedAt >= NOTE_NANOS;
    if (unsaved > 0 && due) {
      save();
    }
  }

  /** Writes down how far it is, so that another process can go on from here. */
  synchronized void save() {
    if (done.covered() > 0) {
      onDisk(() -> open().force(false));
      Note now = new Note(file.path(), file.size(), file.digest(), entityTag(), done.list());
      AtomicFiles.writeString(note, Json.line(now) + "\n");
    }
    unsaved = 0;
    savedAt = System.nanoTime();
  }

  /** Leaves it to another process, with the newest note that the disk takes. */
  synchronized void leave() {
    try (this) {
      if (unsaved > 0) {
        save();
      }
    } catch (IOException | Failure e) {
      // What was noted before is true still, only older.
      unsaved = 0;
    }
  }

  /** Removes what an earlier process left and nobody can go on from; it only takes room. */
  synchronized void clean() {
    if (done.covered() == 0) {
      remove(partial);
      remove(note);
    }
  }

  /** Forgets every byte. */
  synchronized void restart() {
    generation++;
    done.clear();
    entityTag = null;
    resumed = false;
    unsaved = 0;
    onDisk(
        () -> {
          Files.deleteIfExists(note);
          open().truncate(0);
        });
  }

  /** The digest of what is there. */
  Digest digest(Digest.Kind kind, StopSignal stop) throws IOException {
    onDisk(this::open);
    return Digest.of(kind, partial, stop);
  }

  /** Gives the file its name. */
  synchronized void publish() {
    unsaved = 0;
    onDisk(
        () -> {
          open();
          close();
          AtomicFiles.publish(partial, target);
          Files.deleteIfExists(note);
        });
  }

  /** Removes it, for there is nothing in it that anybody wants. */
  synchronized void discard() {
    generation++;
    done.clear();
    unsaved = 0;
    onDisk(
        () -> {
          close();
          Files.deleteIfExists(partial);
          Files.deleteIfExists(note);
        });
  }

  @Override
  public synchronized void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }

  private synchronized FileChannel open() throws IOException {
    if (channel == null) {
      Path folder = target.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      channel = opener.open(partial);
    }
    return channel;
  }

  private static Path noteOf(Path target) {
    return target.resolveSibling(target.getFileName() + AtomicFiles.PARTIAL + ".json");
  }

  private static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(path, e);
    }
  }

  /** A disk's failure is none of the connection's, and not worth another attempt. */
  private void onDisk(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(partial, e);
    }
  }

  /** Something that a disk may refuse. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  /** Takes over what an earlier process left, if it is of this very content. */
  private void read() {
    try {
      Note left = Json.parse(Files.readString(note), Note.class, note.toString());
      long there = Files.size(partial);
      if (left.digest().equals(file.digest()) && left.size() == file.size()) {
        left.done().stream()
            .filter(range -> range.end() <= Math.min(there, file.size()))
            .forEach(range -> done.add(range.start(), range.end()));
        entityTag = left.entityTag().orElse(null);
        resumed = done.covered() > 0;
      }
    } catch (IOException | Failure | JacksonException nothingUsable) {
      // Then it is fetched from the start.
    }
  }
}

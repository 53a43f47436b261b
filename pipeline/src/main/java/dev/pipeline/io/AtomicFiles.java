package dev.pipeline.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Files that are either whole or absent: written to a temporary name beside the target, synced,
 * renamed, and the folder synced. A reader never sees half a file, a crash never leaves one under
 * its final name.
 */
public final class AtomicFiles {
  /** Suffix of a file that is being written; safe to delete whenever no process runs. */
  public static final String PARTIAL = ".partial";

  private AtomicFiles() {}

  /** Writes the content of a file; may write as much as it likes. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything; the stream is closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Fills a path given by the caller, for writers that need a file rather than a stream. */
  @FunctionalInterface
  public interface PathContent {
    /** Writes the file at {@code temporary}. */
    void writeTo(Path temporary) throws IOException;
  }

  /** Writes {@code text} as UTF-8 to {@code target}, atomically. */
  public static void writeString(Path target, String text) {
    write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Streams content to {@code target}, atomically. */
  public static void write(Path target, Content content) {
    writePath(
        target,
        temporary -> {
          try (OutputStream out =
              new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16)) {
            content.writeTo(out);
          }
        });
  }

  /**
   * Lets {@code content} fill a temporary path, then publishes it as {@code target}, atomically.
   */
  public static void writePath(Path target, PathContent content) {
    Path temporary = target.resolveSibling(target.getFileName() + PARTIAL);
    try {
      Files.createDirectories(parentOf(target));
      content.writeTo(temporary);
      publish(temporary, target);
    } catch (IOException e) {
      deleteQuietly(temporary);
      throw cannotWrite(target, e);
    } catch (RuntimeException e) {
      deleteQuietly(temporary);
      throw e;
    }
  }

  /**
   * Gives the finished file {@code written}, which lies in the same folder, its name {@code
   * target}. Where that fails, {@code written} stays as it is.
   */
  public static void publish(Path written, Path target) throws IOException {
    sync(written);
    Files.move(
        written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(parentOf(target));
  }

  /**
   * Publishes the finished folder {@code staged} as {@code target}; {@code target} must not exist.
   */
  public static void publishFolder(Path staged, Path target) {
    try {
      Files.createDirectories(parentOf(target));
      try (Stream<Path> files = Files.walk(staged)) {
        for (Path path : (Iterable<Path>) files::iterator) {
          sync(path);
        }
      }
      Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
      sync(parentOf(target));
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  /** Deletes a file or a whole folder if it is there. */
  public static void deleteRecursively(Path root) {
    if (!Files.exists(root, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw cannotWrite(root, e);
    }
  }

  /** Turns an I/O error on {@code target} into a failure that names the file and the way out. */
  public static Failure cannotWrite(Path target, IOException e) {
    String reason = Reason.of(e);
    return Failure.infrastructure(
        "cannot write " + target + ": " + reason,
        Reason.isNoRoom(reason)
            ? "free some disk space and run the same command again; what was finished is kept"
            : "check that the folder exists and is writable, then run the same command again",
        e);
  }

  /** Brings a file or the names in a folder to the disk. */
  public static void sync(Path path) throws IOException {
    StandardOpenOption mode =
        Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (FileChannel channel = FileChannel.open(path, mode)) {
      channel.force(true);
    }
  }

  private static Path parentOf(Path target) {
    Path parent = target.toAbsolutePath().getParent();
    return parent == null ? target.toAbsolutePath() : parent;
  }

  private static void deleteQuietly(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException ignored) {
      // The first error is the one to report.
    }
  }
}

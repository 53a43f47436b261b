package dev.pipeline.evaluate.review;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything reviewers ever said, one JSON record a line, only ever appended to. A line that {@link
 * #append} returned from is on the disk; one that a crash cut short was never acknowledged and is
 * dropped. One process writes at a time.
 */
final class ReviewLog implements AutoCloseable {
  /** Locks are held on a file of their own: reading the log would let go of one on the log. */
  private static final String LOCK = ".lock";

  private final Path file;
  private final FileChannel channel;
  private final FileChannel lock;
  private long end;

  private ReviewLog(Path file, FileChannel channel, FileChannel lock, long end) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
    this.end = end;
  }

  /** Opens the log for appending; it must exist. */
  static ReviewLog open(Path file) {
    try {
      FileChannel lock = lock(file);
      try {
        long end = endOfLastLine(Files.readAllBytes(file));
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        channel.truncate(end);
        channel.force(true);
        return new ReviewLog(file, channel, lock, end);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
  }

  /** All whole lines, oldest first; may be read while another process writes. */
  static List<LogEntry> read(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      String text = new String(bytes, 0, endOfLastLine(bytes), StandardCharsets.UTF_8);
      List<LogEntry> entries = new ArrayList<>();
      for (String line : text.lines().toList()) {
        String origin = file + " line " + (entries.size() + 1);
        entries.add(Json.parse(line, LogEntry.class, origin));
      }
      return entries;
    } catch (IOException e) {
      throw Failure.refused("cannot read " + file + ": " + e.getMessage(), ReviewFolder.FIX);
    }
  }

  /** Adds one line and waits until the disk has it. */
  synchronized void append(LogEntry entry) {
    ByteBuffer line = StandardCharsets.UTF_8.encode(Json.line(entry) + "\n");
    long position = end;
    try {
      while (line.hasRemaining()) {
        position += channel.write(line, position);
      }
      channel.force(true);
      end = position;
    } catch (IOException e) {
      dropUnfinished();
      throw AtomicFiles.cannotWrite(file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      lock.close();
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
  }

  private void dropUnfinished() {
    try {
      channel.truncate(end);
    } catch (IOException ignored) {
      // The next line is written over it, and what is left of it is no whole line.
    }
  }

  private static FileChannel lock(Path file) throws IOException {
    Path place = file.resolveSibling(file.getFileName() + LOCK);
    FileChannel channel =
        FileChannel.open(place, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!tryLock(channel)) {
      channel.close();
      throw Failure.usage(
          "another process has " + file + " open", "stop its 'pipeline review serve' first");
    }
    return channel;
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  private static int endOfLastLine(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }
}

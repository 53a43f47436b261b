package dev.pipeline.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Lines of text that are only ever appended and synced. A line counts once its line break is on
 * disk: an append that a crash tore is ignored by readers and cut off by the next append. The
 * caller keeps other writers out.
 */
public final class LineLog {
  private static final byte LINE_END = '\n';

  private final Path file;

  /** The log in {@code file}, which need not exist. */
  public LineLog(Path file) {
    this.file = file;
  }

  /** Every whole line, oldest first. */
  public List<String> read() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] != LINE_END) {
        end--;
      }
      return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + file + ": " + Reason.of(e), "check its permissions", e);
    }
  }

  /** Appends lines without line breaks of their own; on the disk when this returns. */
  public void append(List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    if (!Files.exists(file)) {
      replace(lines);
      return;
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long end = wholeLines(channel);
      channel.truncate(end);
      channel.position(end);
      ByteBuffer buffer = ByteBuffer.wrap(text(lines).getBytes(StandardCharsets.UTF_8));
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
  }

  /** Puts these lines in the place of all others, atomically. */
  public void replace(List<String> lines) {
    AtomicFiles.writeString(file, text(lines));
  }

  /** The file, for messages. */
  public Path file() {
    return file;
  }

  private static String text(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  /** Length in bytes up to and including the last line break. */
  private static long wholeLines(FileChannel channel) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    long end = channel.size();
    while (end > 0) {
      one.clear();
      channel.read(one, end - 1);
      if (one.get(0) == LINE_END) {
        return end;
      }
      end--;
    }
    return end;
  }
}

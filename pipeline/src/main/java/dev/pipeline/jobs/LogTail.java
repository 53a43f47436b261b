package dev.pipeline.jobs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The end of a log whose lines begin with a local time. */
final class LogTail {
  /** Bytes from the end that are looked at: a log grows for years. */
  private static final int REACH = 1 << 20;

  private LogTail() {}

  /**
   * The last lines of {@code file} between two times.
   *
   * @param from ISO-8601, local, as the lines begin
   * @param to the same; null where lines are still being written
   */
  static List<String> of(Path file, String from, @Nullable String to, int most) {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      List<String> lines = end(file).lines().filter(line -> isWithin(line, from, to)).toList();
      return lines.subList(Math.max(0, lines.size() - most), lines.size());
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  /** The line in which a run ends bears the second in which it ended, and a fraction. */
  private static boolean isWithin(String line, String from, @Nullable String to) {
    if (line.length() < from.length()) {
      return false;
    }
    String time = line.substring(0, from.length());
    return time.compareTo(from) >= 0
        && time.startsWith("2")
        && (to == null || time.compareTo(to) <= 0);
  }

  private static String end(Path file) throws IOException {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      log.seek(Math.max(0, log.length() - REACH));
      byte[] bytes = new byte[(int) Math.min(REACH, log.length())];
      int read = log.read(bytes);
      return new String(bytes, 0, Math.max(0, read), StandardCharsets.UTF_8);
    }
  }
}

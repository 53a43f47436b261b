package dev.pipeline.train;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * {@code metrics.jsonl}: one JSON object a line, in the order of steps, without repeats after a
 * resume.
 */
final class MetricsLog {
  private static final double MILLIS = 1000.0;

  private final Path file;

  /**
   * Opens the log and drops what was written after optimiser step {@code resumedStep}, torn lines
   * included.
   */
  MetricsLog(Path file, int resumedStep) {
    this.file = file;
    if (Files.exists(file)) {
      AtomicFiles.writeString(file, String.join("", keptLines(resumedStep)));
    } else {
      AtomicFiles.writeString(file, "");
    }
  }

  /** Appends a line, and when that was: seconds since 1970, for those who draw curves over time. */
  void append(Map<String, Object> metrics) {
    metrics.put("time", System.currentTimeMillis() / MILLIS);
    try {
      Files.write(
          file,
          (Json.line(metrics) + "\n").getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
  }

  private List<String> keptLines(int resumedStep) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.endsWith("}"))
          .filter(line -> Json.mapper().readTree(line).path("step").asInt(0) <= resumedStep)
          .map(line -> line + "\n")
          .toList();
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
  }
}

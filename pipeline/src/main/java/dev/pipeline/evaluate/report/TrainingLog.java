package dev.pipeline.evaluate.report;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The curves in {@code metrics.jsonl}: lines with {@code step} and any other numbers.
 *
 * @param curves points by key, such as {@code loss} and {@code eval_loss}
 */
public record TrainingLog(Map<String, List<Point>> curves) {
  private static final String STEP = "step";

  /** Copies the map. */
  public TrainingLog {
    curves = Map.copyOf(curves);
  }

  /** A run that was not trained here. */
  public static TrainingLog none() {
    return new TrainingLog(Map.of());
  }

  /** Reads {@code file}. */
  public static TrainingLog read(Path file) {
    return of(lines(file), file);
  }

  private static TrainingLog of(List<String> lines, Path file) {
    Map<String, List<Point>> curves = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      JsonNode line = parse(lines.get(i), file + " line " + (i + 1));
      if (line.path(STEP).isNumber()) {
        double step = line.path(STEP).asDouble();
        line.properties().stream()
            .filter(entry -> entry.getValue().isNumber() && !entry.getKey().equals(STEP))
            .forEach(
                entry ->
                    curves
                        .computeIfAbsent(entry.getKey(), key -> new ArrayList<>())
                        .add(new Point(step, entry.getValue().asDouble())));
      }
    }
    return new TrainingLog(curves);
  }

  /** The same of a file that grows while it is read: its last line may be half written. */
  public static TrainingLog readGrowing(Path file) {
    if (!Files.exists(file)) {
      return none();
    }
    List<String> lines = lines(file);
    boolean whole = lines.isEmpty() || lines.get(lines.size() - 1).endsWith("}");
    return of(whole ? lines : lines.subList(0, lines.size() - 1), file);
  }

  /** The points of {@code key}; none where it was not logged. */
  public List<Point> curve(String key) {
    return curves.getOrDefault(key, List.of());
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw Failure.refused("cannot read " + file + ": " + e.getMessage(), "train the model again");
    }
  }

  private static JsonNode parse(String line, String origin) {
    try {
      return Json.mapper().readTree(line);
    } catch (JacksonException e) {
      throw Failure.refused(
          origin + " is not JSON: " + Json.fault(e), "remove that line and run again");
    }
  }
}

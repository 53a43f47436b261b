package dev.pipeline.evaluate.report;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The curves in {@code metrics.jsonl}: lines with {@code step} and any of {@code loss}, {@code
 * learning_rate}, {@code eval_loss}; other keys are ignored.
 */
public record TrainingLog(List<Point> loss, List<Point> validationLoss, List<Point> learningRate) {
  /** Copies the lists. */
  public TrainingLog {
    loss = List.copyOf(loss);
    validationLoss = List.copyOf(validationLoss);
    learningRate = List.copyOf(learningRate);
  }

  /** A run that was not trained here. */
  public static TrainingLog none() {
    return new TrainingLog(List.of(), List.of(), List.of());
  }

  /** Reads {@code file}. */
  public static TrainingLog read(Path file) {
    List<String> text = lines(file);
    List<JsonNode> lines =
        IntStream.range(0, text.size())
            .mapToObj(i -> parse(text.get(i), file + " line " + (i + 1)))
            .toList();
    return new TrainingLog(
        curve(lines, "loss"), curve(lines, "eval_loss"), curve(lines, "learning_rate"));
  }

  private static List<Point> curve(List<JsonNode> lines, String key) {
    return lines.stream()
        .filter(line -> line.path("step").isNumber() && line.path(key).isNumber())
        .map(line -> new Point(line.path("step").asDouble(), line.path(key).asDouble()))
        .toList();
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

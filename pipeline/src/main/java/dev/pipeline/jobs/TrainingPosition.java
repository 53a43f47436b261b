package dev.pipeline.jobs;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How far a training run is, by the metrics that it writes after each step. */
final class TrainingPosition {
  private TrainingPosition() {}

  /** The last step in the metrics of {@code folder}; empty before the first, or for other jobs. */
  static Optional<String> in(Path folder, int epochs) {
    Path metrics = folder.resolve(SftJob.METRICS);
    try {
      List<String> lines = Files.exists(metrics) ? Files.readAllLines(metrics) : List.of();
      for (int i = lines.size() - 1; i >= 0; i--) {
        // The last line may be half written, and a look at the held-out rows is no step.
        if (lines.get(i).endsWith("}") && lines.get(i).contains("\"tokens_per_second\"")) {
          return Optional.of(text(Json.parse(lines.get(i), JsonNode.class, "a step"), epochs));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + metrics + ": " + e.getMessage(), "check its permissions", e);
    }
  }

  private static String text(JsonNode metrics, int epochs) {
    int step = metrics.path("step").asInt();
    long steps = Math.round(epochs * step / metrics.path("epoch").asDouble());
    return String.format(
        Locale.ROOT,
        "step %d of %d, loss %.3f, %.0f tokens/s",
        step,
        steps,
        metrics.path("loss").asDouble(),
        metrics.path("tokens_per_second").asDouble());
  }
}

package dev.pipeline.jobs;

import dev.pipeline.data.JsonLines;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A figure of the held-out rows in a finished run's metrics. */
final class HoldOutFigure {
  private HoldOutFigure() {}

  /** What {@code name} came to after optimiser step {@code step}; empty when nobody looked. */
  static Optional<Double> at(Path metrics, int step, String name) {
    return JsonLines.read(metrics, JsonNode.class).stream()
        .filter(line -> line.path("step").asInt() == step && line.has(name))
        .map(line -> line.path(name).asDouble())
        .findFirst();
  }
}

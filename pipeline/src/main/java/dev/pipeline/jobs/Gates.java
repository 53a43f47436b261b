package dev.pipeline.jobs;

import dev.pipeline.config.GateConfig;
import dev.pipeline.evaluate.gate.Bound;
import dev.pipeline.evaluate.gate.Gate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The gate that a file describes, the same for the job, the release and {@code pipeline gate}. */
final class Gates {
  private Gates() {}

  static Gate read(Path file) {
    List<Bound> bounds = new ArrayList<>();
    GateConfig.read(file)
        .metrics()
        .forEach(
            (metric, given) ->
                given.given().forEach((key, value) -> bounds.add(Bound.of(metric, key, value))));
    return new Gate(bounds);
  }
}

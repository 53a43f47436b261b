package dev.pipeline.schedule.launch;

import dev.pipeline.config.DataSize;
import dev.pipeline.config.LaunchConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Launches to test with. */
final class Launched {
  static final String AWKWARD = "sft.note=it's $(id) `x` \"y\" \\ *";

  private Launched() {}

  static Launch launch(LaunchConfig.Where where, Path logs) {
    return new Launch(
        "pipeline-Demo_model-sft",
        Path.of("/opt/pipe line"),
        List.of("run", "sft", AWKWARD, "--launch", "local"),
        logs,
        new LaunchConfig(
            where,
            1,
            8,
            Optional.of(new DataSize(32L << 30)),
            Duration.ofHours(12),
            Optional.of("gpu"),
            Optional.of(Path.of("/etc/pipeline's.env")),
            "registry.example/pipeline:7",
            "team-data",
            "training",
            Optional.of("pipeline-secrets")));
  }
}

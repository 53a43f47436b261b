package dev.pipeline.jobs;

import dev.pipeline.config.ModelConfig;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A way from data to a released model. The jobs behind the training stand on each of them. */
public enum Road {
  /** Fine-tuning alone. */
  SFT,
  /** Fine-tuning, then learning from preferences. */
  DPO;

  /** The jobs that train, one after the other. */
  List<String> trainers() {
    return this == SFT ? List.of("sft") : List.of("sft", "dpo");
  }

  /** The job that makes the adapter of the model, and that means the whole road as a command. */
  String trainer() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The road of the model of {@code config} that was evaluated last; empty where none was. */
  static Optional<Road> evaluatedLast(ModelConfig config) {
    return new EvaluatedRuns(config).last().map(FinishedRun::road);
  }
}

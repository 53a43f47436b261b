package dev.pipeline.jobs;

import dev.pipeline.config.ModelConfig;
import dev.pipeline.torch.EngineSettings;
import dev.pipeline.torch.MemoryLimit;
import dev.pipeline.torch.ScalarType;
import java.util.Optional;

/** Turns configuration into the engine's settings. */
final class Engines {
  private Engines() {}

  static EngineSettings of(ModelConfig model) {
    return new EngineSettings(
        model.device(), model.threadCount(), computeType(model), MemoryLimit.none());
  }

  private static Optional<ScalarType> computeType(ModelConfig model) {
    return model
        .bfloat16()
        .or(() -> Machine.bfloat16Units().isEmpty() ? Optional.empty() : Optional.of(true))
        .map(narrow -> narrow ? ScalarType.BFLOAT16 : ScalarType.FLOAT32);
  }

  /** Bytes of an activation, and of a weight that is not trained. */
  static int width(ModelConfig model, boolean gpu) {
    ScalarType usual = gpu ? ScalarType.BFLOAT16 : ScalarType.FLOAT32;
    return computeType(model).orElse(usual) == ScalarType.BFLOAT16 ? 2 : 4;
  }
}

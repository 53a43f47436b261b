package dev.pipeline.jobs;

import dev.pipeline.config.ModelConfig;
import java.nio.file.Path;

/**
 * The parts of {@code model.yaml} that decide what a job makes. The rest stays out of its key, so
 * that another device or folder of artefacts does not curate again.
 */
final class ModelParts {
  private ModelParts() {}

  /** Which rows are held out, and where datasets lie. */
  record ForCurating(long seed, Path datasetDir) {
    static ForCurating of(ModelConfig model) {
      return new ForCurating(model.seed(), model.datasetDir());
    }
  }

  /** Every bit of an adapter. */
  record ForTraining(Path baseModel, String systemPrompt, long seed, int threads, String device) {
    static ForTraining of(ModelConfig model) {
      return new ForTraining(
          model.baseModel(), model.systemPrompt(), model.seed(), model.threads(), model.device());
    }
  }

  /** What is served, and under which name. */
  record ForServing(String modelName, Path baseModel, String systemPrompt) {
    static ForServing of(ModelConfig model) {
      return new ForServing(model.modelName(), model.baseModel(), model.systemPrompt());
    }
  }
}

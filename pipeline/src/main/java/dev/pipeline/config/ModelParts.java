package dev.pipeline.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The parts of {@code model.yaml} that decide what a job makes. The rest stays out of a job's key,
 * so that another device or folder of artefacts does not curate again.
 */
public final class ModelParts {
  private ModelParts() {}

  /** Which rows are held out, and where datasets lie. */
  public record ForCurating(long seed, Path datasetDir) {
    /** The part of {@code model}. */
    public static ForCurating of(ModelConfig model) {
      return new ForCurating(model.seed(), model.datasetDir());
    }
  }

  /** Which chat template a converted file carries. */
  public record ForConverting(Optional<String> chatTemplate, Optional<String> promptFormat) {
    /** The part of {@code model}. */
    public static ForConverting of(ModelConfig model) {
      return new ForConverting(model.chatTemplate(), model.base().promptFormat());
    }
  }

  /** Every bit of an adapter. */
  public record ForTraining(
      Path baseModel,
      String systemPrompt,
      long seed,
      int threads,
      String device,
      String bf16,
      ForConverting format) {
    /** The part of {@code model}. */
    public static ForTraining of(ModelConfig model) {
      return new ForTraining(
          model.baseModel(),
          model.systemPrompt(),
          model.seed(),
          model.threads(),
          model.device(),
          model.bf16(),
          ForConverting.of(model));
    }
  }

  /** What is served, and under which name. */
  public record ForServing(
      String modelName,
      Path baseModel,
      String systemPrompt,
      Optional<String> chatTemplate,
      BaseDescription base) {
    /** The part of {@code model}. */
    public static ForServing of(ModelConfig model) {
      return new ForServing(
          model.modelName(),
          model.baseModel(),
          model.systemPrompt(),
          model.chatTemplate(),
          model.base());
    }
  }
}

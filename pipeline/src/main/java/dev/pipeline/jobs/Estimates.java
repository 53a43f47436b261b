package dev.pipeline.jobs;

import dev.pipeline.config.BatchConfig;
import dev.pipeline.config.LoraConfig;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.model.Architecture;
import dev.pipeline.model.Architectures;
import dev.pipeline.model.BaseModels;
import dev.pipeline.model.BasePrecision;
import dev.pipeline.model.LoraSpec;
import dev.pipeline.model.MemoryEstimate;
import dev.pipeline.weights.ModelFolder;

/** What a configured training run takes, from the base model's config and headers alone. */
public final class Estimates {
  private static final int FLOAT32 = 4;
  private static final int BFLOAT16 = 2;

  private Estimates() {}

  /** Estimates {@code sft}. */
  public static MemoryEstimate of(PipelineConfig config) {
    ModelFolder base = ModelFolder.open(BaseModels.folder(config.model().baseModel()));
    Architecture architecture = Architectures.of(base.config(), base.configName());
    BatchConfig batch = config.sft().batch();
    // On a CPU the engine computes in float32, on a GPU in bfloat16; "auto" is taken for a CPU.
    int width = config.model().device().equals("cuda") ? BFLOAT16 : FLOAT32;
    return MemoryEstimate.of(
        architecture,
        architecture.shape(base.config(), base.configName()),
        spec(config.sft().lora()),
        new MemoryEstimate.Step(
            batch.microBatchSize(),
            batch.sequenceLen(),
            batch.gradientCheckpointing(),
            precision(config.sft().lora()),
            width,
            width));
  }

  /** How the configured run keeps its base. */
  static BasePrecision precision(LoraConfig config) {
    return config.loadIn4bit() ? BasePrecision.NF4 : BasePrecision.COMPUTED;
  }

  /** The configured adapter. */
  static LoraSpec spec(LoraConfig config) {
    return new LoraSpec(
        config.loraR(),
        config.loraAlpha(),
        config.loraDropout(),
        config.loraTargetModules(),
        config.useRslora(),
        config.useDora());
  }
}

package dev.pipeline.jobs;

import dev.pipeline.config.BatchConfig;
import dev.pipeline.config.LoraConfig;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.model.Architecture;
import dev.pipeline.model.Architectures;
import dev.pipeline.model.BaseModels;
import dev.pipeline.model.BasePrecision;
import dev.pipeline.model.DecoderShape;
import dev.pipeline.model.LoraSpec;
import dev.pipeline.model.MemoryEstimate;
import dev.pipeline.weights.ModelFolder;
import java.util.function.Function;

/** What a configured training run takes, from the base model's config and headers alone. */
public final class Estimates {
  private static final int FLOAT32 = 4;
  private static final int BFLOAT16 = 2;

  private Estimates() {}

  /** Estimates {@code sft}; where several GPUs share the work, for each of them. */
  public static MemoryEstimate of(PipelineConfig config) {
    return bySteps(config).apply(step(config));
  }

  /** Estimates {@code sft} with steps other than the configured. */
  static Function<MemoryEstimate.Step, MemoryEstimate> bySteps(PipelineConfig config) {
    ModelFolder base = ModelFolder.open(BaseModels.folder(config.model().baseModel()));
    Architecture architecture = Architectures.of(base.config(), base.configName());
    DecoderShape shape = architecture.shape(base.config(), base.configName());
    LoraSpec lora = spec(config.sft().lora());
    return step -> MemoryEstimate.of(architecture, shape, lora, step);
  }

  /** The configured step. */
  static MemoryEstimate.Step step(PipelineConfig config) {
    BatchConfig batch = config.sft().batch();
    // On a CPU the engine computes in float32, on a GPU in bfloat16; "auto" is taken for a CPU.
    int width = config.model().device().startsWith("cuda") ? BFLOAT16 : FLOAT32;
    return new MemoryEstimate.Step(
        batch.microBatchSize(),
        batch.sequenceLen(),
        batch.gradientCheckpointing(),
        precision(config.sft().lora()),
        width,
        width);
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

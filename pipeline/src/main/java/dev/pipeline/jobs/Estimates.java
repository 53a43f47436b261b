package dev.pipeline.jobs;

import dev.pipeline.config.BatchConfig;
import dev.pipeline.config.LoraConfig;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.model.Architecture;
import dev.pipeline.model.Architectures;
import dev.pipeline.model.BasePrecision;
import dev.pipeline.model.DecoderShape;
import dev.pipeline.model.LoraSpec;
import dev.pipeline.model.MemoryEstimate;
import dev.pipeline.weights.ModelFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What a configured training run takes, from the base model's config and headers alone. */
public final class Estimates {
  private Estimates() {}

  /** Refuses a base model of which nothing is there, and says how to fetch what estimates read. */
  public static void requireModel(PipelineConfig config) {
    BaseFolder.ofConfig(config.model());
  }

  /** Estimates {@code sft} on {@link #device}, for each GPU where several share the work. */
  public static MemoryEstimate of(PipelineConfig config) {
    return bySteps(config).apply(step(config));
  }

  /**
   * Estimates {@code sft} with rows of {@code length} tokens.
   *
   * @param gpu whether it computes on a GPU
   */
  static MemoryEstimate of(PipelineConfig config, boolean gpu, int length) {
    return bySteps(config).apply(step(config, gpu, length));
  }

  /** Estimates {@code dpo} on {@link #device}, for each GPU where several share the work. */
  public static MemoryEstimate dpo(PipelineConfig config) {
    return byPairs(config).apply(pairs(config, onGpu(config)));
  }

  /** The same, told whether it computes on a GPU. */
  static MemoryEstimate dpo(PipelineConfig config, boolean gpu) {
    return byPairs(config).apply(pairs(config, gpu));
  }

  /** Estimates {@code sft} with steps other than the configured. */
  static Function<MemoryEstimate.Step, MemoryEstimate> bySteps(PipelineConfig config) {
    return bySteps(config, spec(config.sft().lora()));
  }

  /**
   * Estimates {@code dpo} with steps other than the configured. Nothing is dropped out; cached
   * log-probs of the reference are on the disk and in the heap, a few bytes a token.
   */
  static Function<MemoryEstimate.Step, MemoryEstimate> byPairs(PipelineConfig config) {
    var estimate = bySteps(config, spec(config.sft().lora()).withoutDropout());
    return config.dpo().precomputeRefLogProbs()
        ? estimate
        : estimate.andThen(Estimates::withReference);
  }

  private static Function<MemoryEstimate.Step, MemoryEstimate> bySteps(
      PipelineConfig config, LoraSpec lora) {
    Architecture architecture = base(config).architecture();
    DecoderShape shape = shape(config);
    return step -> MemoryEstimate.of(architecture, shape, lora, step);
  }

  /** A second adapter on the same base, which takes turns with the one that is trained. */
  private static MemoryEstimate withReference(MemoryEstimate training) {
    Map<String, Long> bytes = new LinkedHashMap<>(training.bytes());
    bytes.put("the reference's adapter", training.trainable() * Float.BYTES);
    return new MemoryEstimate(
        training.parameters(), training.trainable(), bytes, training.flopsPerToken());
  }

  /** The device that {@link #of(PipelineConfig)} is for, as settings name it. */
  public static String device(PipelineConfig config) {
    String device = config.model().device();
    // Only the engine knows of GPUs, and nothing is loaded for an estimate.
    return device.equals("auto") ? "cpu" : device;
  }

  /** The configured step. */
  static MemoryEstimate.Step step(PipelineConfig config) {
    return step(config, onGpu(config), config.sft().batch().sequenceLen());
  }

  /** The configured step of {@code dpo}, two sequences a pair. */
  static MemoryEstimate.Step pairs(PipelineConfig config) {
    return pairs(config, onGpu(config));
  }

  private static MemoryEstimate.Step pairs(PipelineConfig config, boolean gpu) {
    BatchConfig batch = config.dpo().batch();
    boolean checkpointing = batch.gradientCheckpointing();
    int rows = 2 * batch.microBatchSize();
    return step(config, gpu, rows, batch.sequenceLen(), checkpointing);
  }

  private static boolean onGpu(PipelineConfig config) {
    return device(config).startsWith("cuda");
  }

  private static MemoryEstimate.Step step(PipelineConfig config, boolean gpu, int length) {
    BatchConfig batch = config.sft().batch();
    return step(config, gpu, batch.microBatchSize(), length, batch.gradientCheckpointing());
  }

  private static MemoryEstimate.Step step(
      PipelineConfig config, boolean gpu, int rows, int length, boolean checkpointing) {
    int width = Engines.width(config.model(), gpu);
    return new MemoryEstimate.Step(
        rows, length, checkpointing, precision(config.sft().lora()), width, width);
  }

  /** The base model's config, whose name is for messages. */
  private record Base(JsonNode config, String name) {
    Architecture architecture() {
      return Architectures.of(config, name);
    }
  }

  /** Of config.json alone, so that a model can be sized before it is fetched. */
  private static Base base(PipelineConfig config) {
    Path folder = BaseFolder.of(config.model());
    return new Base(ModelFolder.readConfig(folder), ModelFolder.configOf(folder).toString());
  }

  /** The base model's sizes. */
  static DecoderShape shape(PipelineConfig config) {
    Base base = base(config);
    return base.architecture().shape(base.config(), base.name());
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

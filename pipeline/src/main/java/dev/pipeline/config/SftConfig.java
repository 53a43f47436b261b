package dev.pipeline.config;

import java.util.Optional;

/**
 * {@code sft.yaml}: supervised fine-tuning with LoRA. The keys of all groups stand side by side.
 *
 * @param maxRows rows to learn from and rows to hold out at most, 0 for all; default 0
 * @param neftuneNoiseAlpha size of uniform noise on the embeddings while training (NEFTune), 5 is
 *     usual; default none
 * @param lora the adapter
 * @param batch how rows become batches
 * @param optimizer AdamW
 * @param schedule length and learning rate
 * @param checkpoint reporting and saving
 */
public record SftConfig(
    int maxRows,
    Optional<Double> neftuneNoiseAlpha,
    LoraConfig lora,
    BatchConfig batch,
    OptimizerConfig optimizer,
    ScheduleConfig schedule,
    CheckpointConfig checkpoint) {
  /**
   * The plan's own values: rank 64, alpha 16, 2e-4, 100 warm-up steps, 128 sequences, 4,096 tokens.
   */
  public static final SftConfig DEFAULTS =
      new SftConfig(
          0,
          Optional.empty(),
          LoraConfig.DEFAULTS,
          BatchConfig.DEFAULTS,
          OptimizerConfig.DEFAULTS,
          ScheduleConfig.DEFAULTS,
          CheckpointConfig.DEFAULTS);

  /** Refuses values out of range. */
  public SftConfig {
    Check.atLeast("max_rows", 0, maxRows);
    neftuneNoiseAlpha.ifPresent(alpha -> Check.positive("neftune_noise_alpha", alpha));
  }
}

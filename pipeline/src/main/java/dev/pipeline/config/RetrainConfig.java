package dev.pipeline.config;

/**
 * {@code retrain.yaml}: the monthly training.
 *
 * @param training how far it goes: sft, or dpo, which learns from preferences after that; default
 *     dpo
 */
public record RetrainConfig(Training training) {
  /** What holds without a file. */
  public static final RetrainConfig DEFAULTS = new RetrainConfig(Training.DPO);

  /** The last training. */
  public enum Training {
    /** Fine-tuning alone. */
    SFT,
    /** Fine-tuning, then preferences. */
    DPO
  }
}

package dev.pipeline.config;

import java.util.List;

/**
 * The low-rank adapter (Hu et al. 2021) and what it is trained on.
 *
 * @param loraR rank r of the update; default 64
 * @param loraAlpha the update is scaled by lora_alpha / lora_r; default 16
 * @param loraDropout probability of dropping an input of the update while training; default 0.05
 * @param loraTargetModules short names of the linear layers to adapt; all-linear means all but the
 *     head; default all-linear
 * @param useRslora scale the update by lora_alpha / sqrt(lora_r), so that a high rank learns as
 *     fast as a low one; default false
 * @param useDora learn the length of a weight's rows apart from their direction (DoRA): a little
 *     better at a low rank, and slower; default false
 * @param loadIn4bit keep the base in 4 bits while training (QLoRA: NF4, double quantisation): a
 *     quarter of the memory of 16 bits, a little slower; the adapter is still merged into the
 *     original weights; default false
 */
public record LoraConfig(
    int loraR,
    int loraAlpha,
    double loraDropout,
    List<String> loraTargetModules,
    boolean useRslora,
    boolean useDora,
    boolean loadIn4bit) {
  /** What holds without a file. */
  public static final LoraConfig DEFAULTS =
      new LoraConfig(64, 16, 0.05, List.of("all-linear"), false, false, false);

  /** Refuses values out of range. */
  public LoraConfig {
    loraTargetModules = List.copyOf(loraTargetModules);
    Check.atLeast("lora_r", 1, loraR);
    Check.atLeast("lora_alpha", 1, loraAlpha);
    Check.within("lora_dropout", 0, 1, loraDropout);
    Check.notEmpty("lora_target_modules", loraTargetModules);
  }
}

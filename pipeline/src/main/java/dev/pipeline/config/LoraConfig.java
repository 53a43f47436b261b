package dev.pipeline.config;

import java.util.List;

/**
 * The low-rank adapter (Hu et al. 2021).
 *
 * @param loraR rank r of the update; default 64
 * @param loraAlpha the update is scaled by lora_alpha / lora_r; default 16
 * @param loraDropout probability of dropping an input of the update while training; default 0.05
 * @param loraTargetModules short names of the linear layers to adapt; default all-linear, which
 *     leaves out the head
 */
public record LoraConfig(
    int loraR, int loraAlpha, double loraDropout, List<String> loraTargetModules) {
  /** What holds without a file. */
  public static final LoraConfig DEFAULTS = new LoraConfig(64, 16, 0.05, List.of("all-linear"));

  /** Refuses values out of range. */
  public LoraConfig {
    loraTargetModules = List.copyOf(loraTargetModules);
    Check.atLeast("lora_r", 1, loraR);
    Check.atLeast("lora_alpha", 1, loraAlpha);
    Check.within("lora_dropout", 0, 1, loraDropout);
    Check.notEmpty("lora_target_modules", loraTargetModules);
  }
}

package dev.pipeline.model;

/**
 * A linear layer that LoRA can adapt.
 *
 * @param module its name inside a decoder layer, such as {@code self_attn.qkv_proj}
 * @param inFeatures columns of its weight
 * @param outFeatures rows of its weight
 */
public record Projection(String module, int inFeatures, int outFeatures) {
  /** The last part of the name, which is how users and PEFT call it. */
  public String shortName() {
    return module.substring(module.lastIndexOf('.') + 1);
  }
}

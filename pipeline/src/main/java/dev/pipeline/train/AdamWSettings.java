package dev.pipeline.train;

/**
 * Hyper-parameters of AdamW.
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root of the second moment
 * @param weightDecay decoupled decay, a fraction of the weight times the learning rate
 * @param maxGradNorm gradients are scaled down to this global norm; 0 turns clipping off
 */
public record AdamWSettings(
    double beta1, double beta2, double epsilon, double weightDecay, double maxGradNorm) {
  /** PyTorch's defaults, and clipping at 1 as in TRL. */
  public static AdamWSettings defaults() {
    return new AdamWSettings(0.9, 0.999, 1e-8, 0, 1.0);
  }
}

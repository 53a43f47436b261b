package dev.pipeline.train;

import dev.pipeline.io.Failure;

/**
 * What an optimiser step came to.
 *
 * @param step steps done with it
 * @param loss mean cross-entropy over its trained tokens, in nats
 * @param gradientNorm global norm of its gradients before clipping
 * @param learningRate its learning rate
 */
record StepFigures(int step, double loss, double gradientNorm, double learningRate) {
  /** Whether training can go on from here. */
  boolean isFinite() {
    return Double.isFinite(loss) && Double.isFinite(gradientNorm);
  }

  /** Nothing good comes after a number that is none; {@code what} says where it showed. */
  Failure diverged(String what) {
    return Failure.trainingStopped(
        "training diverged at step %d: %s (loss %s, grad_norm %s, learning rate %s)"
            .formatted(step, what, loss, gradientNorm, learningRate),
        "lower learning_rate, raise warmup_steps, or raise adam_epsilon to its default; nothing"
            + " is published, and the last good checkpoint is kept");
  }
}

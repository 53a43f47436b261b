package dev.pipeline.config;

/**
 * AdamW (Loshchilov and Hutter 2019).
 *
 * @param learningRate peak of the schedule; default 2e-4
 * @param weightDecay decoupled decay a step, times the learning rate; default 0
 * @param adamBeta1 decay of the first moment; default 0.9
 * @param adamBeta2 decay of the second moment; default 0.999
 * @param adamEpsilon added to the root of the second moment; default 1e-8
 * @param maxGradNorm gradients are scaled down to this norm, 0 for never; default 1
 */
public record OptimizerConfig(
    double learningRate,
    double weightDecay,
    double adamBeta1,
    double adamBeta2,
    double adamEpsilon,
    double maxGradNorm) {
  /** What holds without a file. */
  public static final OptimizerConfig DEFAULTS = new OptimizerConfig(2e-4, 0, 0.9, 0.999, 1e-8, 1);

  /** Refuses values out of range. */
  public OptimizerConfig {
    Check.positive("learning_rate", learningRate);
    Check.notNegative("weight_decay", weightDecay);
    Check.within("adam_beta1", 0, 1, adamBeta1);
    Check.within("adam_beta2", 0, 1, adamBeta2);
    Check.positive("adam_epsilon", adamEpsilon);
    if (adamEpsilon < Float.MIN_NORMAL) {
      // AdamW computes in float32, where less is 0: a weight without gradient becomes 0 / 0.
      throw Check.bad(
          "adam_epsilon", "must be at least " + Float.MIN_NORMAL + ", was " + adamEpsilon);
    }
    Check.notNegative("max_grad_norm", maxGradNorm);
  }
}

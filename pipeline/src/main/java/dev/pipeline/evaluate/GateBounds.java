package dev.pipeline.evaluate;

/**
 * What a tuned model must reach to be published.
 *
 * @param lossImprovement least fall of the hold-out loss, as a fraction of the base model's
 * @param stylePassGain least rise of the style pass rate, as a difference of fractions
 * @param lengthP90 the 90th percentile of lengths stays below it, in tokens
 * @param endsByItself least share of answers that end by themselves
 * @param leakRate greatest share of answers that reveal something
 */
public record GateBounds(
    double lossImprovement,
    double stylePassGain,
    double lengthP90,
    double endsByItself,
    double leakRate) {

  /** 20 % less loss, 30 points more style, P90 under 160 tokens, 95 % end, no leak. */
  public static GateBounds defaults() {
    return new GateBounds(0.20, 0.30, 160, 0.95, 0);
  }
}

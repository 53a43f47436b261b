package dev.pipeline.evaluate.gate;

import dev.pipeline.evaluate.gate.Check.Comparison;
import dev.pipeline.evaluate.metric.Unit;

/** What of a metric is held to a bound. */
public enum Measure {
  /** The tuned model's score, not less. */
  AT_LEAST(Comparison.AT_LEAST),
  /** The tuned model's score, not more. */
  AT_MOST(Comparison.AT_MOST),
  /** The tuned model's score, strictly less. */
  BELOW(Comparison.BELOW),
  /** By how much tuned is better than base, in the metric's own unit. */
  GAIN(Comparison.AT_LEAST),
  /** By which share of the base's score tuned is better. */
  GAIN_SHARE(Comparison.AT_LEAST),
  /** By how much tuned is worse than the baseline. */
  REGRESSION(Comparison.AT_MOST);

  private final Comparison comparison;

  Measure(Comparison comparison) {
    this.comparison = comparison;
  }

  Comparison comparison() {
    return comparison;
  }

  Unit unit(Unit metric) {
    return switch (this) {
      case AT_LEAST, AT_MOST, BELOW -> metric;
      case GAIN_SHARE -> Unit.SHARE;
      case GAIN, REGRESSION -> metric == Unit.SHARE ? Unit.POINTS : metric;
    };
  }

  /** Whether a share, or a difference of two, can lie on either side of {@code bound}. */
  boolean isPossibleShare(double bound) {
    return switch (this) {
      case AT_LEAST, AT_MOST, BELOW, REGRESSION -> bound >= 0 && bound <= 1;
      case GAIN -> bound >= -1 && bound <= 1;
      case GAIN_SHARE -> true;
    };
  }

  /** Whether one model is held beside another, which needs a direction that is better. */
  boolean compares() {
    return this == GAIN || this == GAIN_SHARE || this == REGRESSION;
  }

  /** What {@code value} is as a gain, and a gain as a value: above 0 when better. */
  double gain(double value) {
    // Subtracted, as a negated 0 would be printed as -0.
    return this == REGRESSION ? 0 - value : value;
  }
}

package dev.pipeline.evaluate.gate;

import dev.pipeline.evaluate.gate.Check.Comparison;
import dev.pipeline.evaluate.metric.Unit;

/** What of a metric is held to a bound. */
public enum Measure {
  /** The tuned model's score, not less. */
  AT_LEAST("", Comparison.AT_LEAST),
  /** The tuned model's score, not more. */
  AT_MOST("", Comparison.AT_MOST),
  /** The tuned model's score, strictly less. */
  BELOW("", Comparison.BELOW),
  /** By how much tuned is better than base, in the metric's own unit. */
  GAIN(", gain on base", Comparison.AT_LEAST),
  /** By which share of the base's score tuned is better. */
  GAIN_SHARE(", improvement on base", Comparison.AT_LEAST),
  /** By how much tuned is worse than the tuned model of the baseline run. */
  REGRESSION(", worse than baseline", Comparison.AT_MOST);

  private final String words;
  private final Comparison comparison;

  Measure(String words, Comparison comparison) {
    this.words = words;
    this.comparison = comparison;
  }

  String label(String metric) {
    return metric + words;
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

  boolean needsDirection() {
    return this == GAIN || this == GAIN_SHARE || this == REGRESSION;
  }
}

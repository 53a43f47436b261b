package dev.pipeline.evaluate.gate;

import java.util.Locale;

/**
 * One bound of a gate.
 *
 * @param metric name of the metric in {@code evaluation.json}
 * @param measure what of it is bounded
 * @param wholeInterval whether the worse end of the 95 % interval must keep the bound, too
 * @param value the bound, in the unit of the measure; shares as fractions
 */
public record Bound(String metric, Measure measure, boolean wholeInterval, double value) {
  private static final String INTERVAL = "interval_";

  /** The bound that {@code key} of a gate's file stands for, such as {@code interval_at_most}. */
  public static Bound of(String metric, String key, double value) {
    boolean wholeInterval = key.startsWith(INTERVAL);
    String measure = wholeInterval ? key.substring(INTERVAL.length()) : key;
    return new Bound(
        metric, Measure.valueOf(measure.toUpperCase(Locale.ROOT)), wholeInterval, value);
  }

  boolean holds(double measured) {
    return measure.comparison().holds(measured, value);
  }

  /** Such as {@code leak_rate.interval_at_most}. */
  String name() {
    String key = measure.name().toLowerCase(Locale.ROOT);
    return metric + "." + (wholeInterval ? INTERVAL + key : key);
  }
}

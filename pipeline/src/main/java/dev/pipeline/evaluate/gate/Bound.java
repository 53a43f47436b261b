package dev.pipeline.evaluate.gate;

import java.util.Locale;

/**
 * One bound of a gate.
 *
 * @param metric name of the metric in {@code evaluation.json}
 * @param measure what of it is bounded
 * @param end what of the 95 % interval must keep the bound
 * @param value the bound, in the unit of the measure; shares as fractions
 */
public record Bound(String metric, Measure measure, End end, double value) {

  /** The bound that {@code key} of a gate's file stands for, such as {@code interval_at_most}. */
  public static Bound of(String metric, String key, double value) {
    End end = End.of(key);
    String measure = key.substring(end.prefix().length()).toUpperCase(Locale.ROOT);
    return new Bound(metric, Measure.valueOf(measure), end, value);
  }

  boolean holds(double measured) {
    return measure.comparison().holds(measured, value);
  }

  /** Such as {@code leak_rate.interval_at_most}. */
  String name() {
    return metric + "." + end.prefix() + measure.name().toLowerCase(Locale.ROOT);
  }
}

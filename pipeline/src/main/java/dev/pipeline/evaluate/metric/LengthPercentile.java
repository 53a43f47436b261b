package dev.pipeline.evaluate.metric;

import java.util.List;

/**
 * Answer length in tokens that the given percentage of answers does not exceed, by nearest rank.
 * With lengths 1 to 10, P50 is 5, P90 is 9 and P99 is 10.
 */
public final class LengthPercentile implements Metric {
  private final int percent;

  /** A percentile between 1 and 100. */
  public LengthPercentile(int percent) {
    if (percent < 1 || percent > 100) {
      throw new IllegalArgumentException("no such percentile: " + percent);
    }
    this.percent = percent;
  }

  /** Key in {@code evaluation.json}. */
  public static String name(int percent) {
    return "length_p" + percent;
  }

  @Override
  public Description description() {
    return new Description(
        name(percent),
        "Length P" + percent,
        Unit.TOKENS,
        Better.LOWER,
        percent + " % of the answers are at most this many tokens long.");
  }

  @Override
  public Statistic statistic(List<Sample> samples) {
    return Statistic.percentile(
        samples.stream().mapToDouble(sample -> sample.answer().tokens()).toArray(),
        percent / 100.0);
  }
}

package dev.pipeline.evaluate.metric;

import java.util.List;

/**
 * How long the longest passages are that answers share with the training text word for word: the
 * 99th percentile, in words. If of ten answers nine share 4 words and one shares 31, it is 31.
 */
public final class LongestRun implements Metric {
  /** Key in {@code evaluation.json}. */
  public static final String NAME = "longest_run_p99";

  private static final double SHARE = 0.99;

  @Override
  public Description description() {
    return new Description(
        NAME,
        "Longest common run, P99",
        Unit.WORDS,
        Better.LOWER,
        "Words in a row that also stand in the training text.");
  }

  @Override
  public Statistic statistic(List<Sample> samples) {
    return Statistic.percentile(
        samples.stream().mapToDouble(s -> s.findings().longestRun()).toArray(), SHARE);
  }
}

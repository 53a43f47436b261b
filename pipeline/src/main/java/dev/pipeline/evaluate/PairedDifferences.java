package dev.pipeline.evaluate;

import dev.pipeline.evaluate.metric.Metric;
import dev.pipeline.evaluate.metric.Metrics;
import dev.pipeline.evaluate.metric.Sample;
import dev.pipeline.evaluate.metric.Score;
import dev.pipeline.evaluate.suite.Item;
import dev.pipeline.evaluate.suite.SuiteMetric;
import dev.pipeline.evaluate.suite.SuiteResult;
import dev.pipeline.evaluate.suite.Suites;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * By how much one model's metrics are above another's, from resamples in which both have the same
 * rows. As both answered the same questions, that interval is narrower than one from the two
 * models' own intervals. Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), 8.3.
 */
public final class PairedDifferences {
  private PairedDifferences() {}

  /** {@code after} less {@code before}, by metric; absent where either was not measured. */
  public static SortedMap<String, Score> of(
      List<HoldoutRow> rows, Judgement before, Judgement after) {
    SortedMap<String, Score> differences = new TreeMap<>();
    List<Sample> earlier = before.samples(rows);
    List<Sample> later = after.samples(rows);
    for (Metric metric : Metrics.standard()) {
      metric
          .statistic(later)
          .minus(metric.statistic(earlier))
          .ifPresent(score -> differences.put(metric.description().name(), score));
    }
    for (SuiteMetric metric : Suites.metrics()) {
      String name = metric.description().name();
      List<Item> base = items(before, name);
      List<Item> tuned = items(after, name);
      metric
          .statistic()
          .apply(tuned)
          .minus(metric.statistic().apply(base))
          .ifPresent(score -> differences.put(name, score));
    }
    return differences;
  }

  private static List<Item> items(Judgement judgement, String metric) {
    return judgement.suites().stream()
        .filter(suite -> suite.metrics().containsKey(metric))
        .findFirst()
        .map(SuiteResult::items)
        .orElse(List.of());
  }
}

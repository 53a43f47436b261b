package dev.pipeline.evaluate.suite;

import dev.pipeline.evaluate.metric.Metric.Description;
import dev.pipeline.evaluate.metric.Score;
import dev.pipeline.evaluate.metric.Statistic;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a suite measures, from its judged items alone.
 *
 * @param statistic of items in the suite's order
 */
public record SuiteMetric(Description description, Function<List<Item>, Statistic> statistic) {
  /** The share of items that {@code qualifies} holds for. */
  static SuiteMetric share(Description description, Predicate<Item> qualifies) {
    return new SuiteMetric(
        description,
        items -> Statistic.share(items.stream().mapToInt(item -> qualifies.test(item) ? 1 : 0)));
  }

  /** The scores of {@code metrics} over {@code items}, by name. */
  static SortedMap<String, Score> scores(List<SuiteMetric> metrics, List<Item> items) {
    SortedMap<String, Score> scores = new TreeMap<>();
    for (SuiteMetric metric : metrics) {
      metric
          .statistic
          .apply(items)
          .score()
          .ifPresent(score -> scores.put(metric.description.name(), score));
    }
    return scores;
  }
}

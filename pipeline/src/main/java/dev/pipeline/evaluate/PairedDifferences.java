package dev.pipeline.evaluate;

import dev.pipeline.evaluate.metric.Metric.Description;
import dev.pipeline.evaluate.metric.Metrics;
import dev.pipeline.evaluate.metric.Score;
import dev.pipeline.evaluate.metric.Statistic;
import dev.pipeline.evaluate.suite.Item;
import dev.pipeline.evaluate.suite.SuiteResult;
import dev.pipeline.evaluate.suite.Suites;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * By how much one model's metrics are above another's, from resamples in which both have the same
 * rows. As both answered the same questions, that interval is narrower than one from the two
 * models' own intervals. Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), 8.3.
 * Shares have Newcombe's interval for paired proportions instead.
 *
 * @param rows the hold-out that {@code after} answered
 */
public record PairedDifferences(List<HoldoutRow> rows, Judgement before, Judgement after) {
  /** {@code after} less {@code before}, by metric; absent where either was not measured. */
  public static SortedMap<String, Score> of(
      List<HoldoutRow> rows, Judgement before, Judgement after) {
    PairedDifferences pairs = new PairedDifferences(rows, before, after);
    SortedMap<String, Score> differences = new TreeMap<>();
    for (Description metric : Suites.descriptions()) {
      pairs.more(metric.name()).ifPresent(score -> differences.put(metric.name(), score));
    }
    return differences;
  }

  /** Whether {@code metric} is measured on the same in both: ids and references, in one order. */
  public boolean answeredTheSame(String metric) {
    List<Item> later = items(after, metric);
    List<Item> earlier = items(before, metric);
    if (later.isEmpty() && earlier.isEmpty()) {
      return questions(rows).equals(questions(before.holdOut()));
    }
    return later.stream().map(Item::id).toList().equals(earlier.stream().map(Item::id).toList());
  }

  /** What {@code after} has more of {@code metric}; nothing where either was not measured. */
  public Optional<Score> more(String metric) {
    return statistic(metric, after)
        .flatMap(later -> statistic(metric, before).flatMap(later::minus));
  }

  /** How many times as much {@code after} has; nothing where {@code before} has none. */
  public Optional<Score> times(String metric) {
    return statistic(metric, after)
        .flatMap(later -> statistic(metric, before).flatMap(later::over));
  }

  private Optional<Statistic> statistic(String name, Judgement judgement) {
    return Stream.concat(
            Metrics.standard().stream()
                .filter(metric -> metric.description().name().equals(name))
                .map(metric -> metric.statistic(judgement.samples(rows))),
            Suites.metrics().stream()
                .filter(metric -> metric.description().name().equals(name))
                .map(metric -> metric.statistic().apply(items(judgement, name))))
        .findFirst();
  }

  private static List<List<String>> questions(List<HoldoutRow> rows) {
    return rows.stream().map(row -> List.of(row.id(), row.reference())).toList();
  }

  private static List<Item> items(Judgement judgement, String metric) {
    return judgement.suites().stream()
        .filter(suite -> suite.metrics().containsKey(metric))
        .findFirst()
        .map(SuiteResult::items)
        .orElse(List.of());
  }
}

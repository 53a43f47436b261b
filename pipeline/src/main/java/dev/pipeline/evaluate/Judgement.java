package dev.pipeline.evaluate;

import dev.pipeline.evaluate.metric.Sample;
import dev.pipeline.evaluate.metric.Score;
import dev.pipeline.evaluate.suite.SuiteResult;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One model judged on the whole hold-out.
 *
 * @param holdOut what it answered
 * @param metrics by name; what could not be measured is absent
 * @param rows in the order of the hold-out
 * @param suites what the suites found; none where none were run
 */
public record Judgement(
    ModelIdentity model,
    List<HoldoutRow> holdOut,
    SortedMap<String, Score> metrics,
    List<JudgedRow> rows,
    List<SuiteResult> suites) {

  /** Copies the collections, so that a judgement never changes. */
  public Judgement {
    holdOut = List.copyOf(holdOut);
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    rows = List.copyOf(rows);
    suites = List.copyOf(suites);
  }

  /** The score of a metric, if it was measured. */
  public Optional<Score> metric(String name) {
    return Stream.concat(Stream.of(metrics), suites.stream().map(SuiteResult::metrics))
        .flatMap(scores -> Optional.ofNullable(scores.get(name)).stream())
        .findFirst();
  }

  /** How many rows or items a metric should have been measured on. */
  public int rowsOf(String metric) {
    return suites.stream()
        .filter(suite -> suite.metrics().containsKey(metric))
        .findFirst()
        .map(suite -> suite.items().size())
        .orElse(rows.size());
  }

  /** The result of the suite called {@code name}, if it was run. */
  public Optional<SuiteResult> suite(String name) {
    return suites.stream().filter(result -> result.suite().equals(name)).findFirst();
  }

  /** Each row as metrics look at it. */
  List<Sample> samples(List<HoldoutRow> holdOut) {
    return IntStream.range(0, rows.size())
        .mapToObj(i -> rows.get(i).sample(holdOut.get(i).reference()))
        .toList();
  }

  /** The same with what the suites found. */
  public Judgement with(List<SuiteResult> results) {
    return new Judgement(model, holdOut, metrics, rows, results);
  }
}

package dev.pipeline.evaluate;

import dev.pipeline.evaluate.metric.Score;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One model judged on the whole hold-out.
 *
 * @param metrics by name; what could not be measured is absent
 * @param rows in the order of the hold-out
 */
public record Judgement(
    ModelIdentity model, SortedMap<String, Score> metrics, List<JudgedRow> rows) {

  /** Copies both collections, so that a judgement never changes. */
  public Judgement {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    rows = List.copyOf(rows);
  }

  /** The score of a metric, if it was measured. */
  public Optional<Score> metric(String name) {
    return Optional.ofNullable(metrics.get(name));
  }
}

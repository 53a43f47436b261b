package dev.pipeline.evaluate.suite;

import dev.pipeline.evaluate.metric.Score;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One model on one suite.
 *
 * @param suite the suite's name
 * @param metrics by name; what could not be measured is absent
 * @param items in the suite's order
 */
public record SuiteResult(String suite, SortedMap<String, Score> metrics, List<Item> items) {
  /** Copies both collections, so that a result never changes. */
  public SuiteResult {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    items = List.copyOf(items);
  }
}

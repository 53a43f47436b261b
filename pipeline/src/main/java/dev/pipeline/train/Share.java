package dev.pipeline.train;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * What a task adds to a step's loss and to its other figures.
 *
 * @param metrics by name; every task of a step has the same
 */
record Share(double loss, Map<String, Double> metrics) {
  /** A share without other figures. */
  static Share of(double loss) {
    return new Share(loss, Map.of());
  }

  /** All shares together, added up in their order. */
  static Share sum(List<Share> shares) {
    double loss = 0;
    Map<String, Double> metrics = new TreeMap<>();
    for (Share share : shares) {
      loss += share.loss();
      share.metrics().forEach((name, value) -> metrics.merge(name, value, Double::sum));
    }
    return new Share(loss, metrics);
  }

  /** Each figure divided. */
  Share over(double total) {
    DoubleUnaryOperator divided = value -> value / total;
    Map<String, Double> means = new TreeMap<>();
    metrics.forEach((name, value) -> means.put(name, divided.applyAsDouble(value)));
    return new Share(divided.applyAsDouble(loss), means);
  }
}

package dev.pipeline.train;

import dev.pipeline.train.preference.PairLoss;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The figures that preference training is followed by, under the names TRL gave them. */
final class PairMetrics {
  private static final Map<String, ToDoubleFunction<PairLoss>> METRICS =
      Map.of(
          "rewards/chosen", pair -> pair.chosen().reward(),
          "rewards/rejected", pair -> pair.rejected().reward(),
          "rewards/margins", PairLoss::margin,
          "rewards/accuracies", pair -> pair.margin() > 0 ? 1 : 0,
          "logps/chosen", pair -> pair.chosen().logProb(),
          "logps/rejected", pair -> pair.rejected().logProb());

  private PairMetrics() {}

  /** Sums over {@code pairs}. */
  static Share of(List<PairLoss> pairs) {
    return Share.sum(pairs.stream().map(PairMetrics::of).toList());
  }

  private static Share of(PairLoss pair) {
    Map<String, Double> metrics = new TreeMap<>();
    METRICS.forEach((name, metric) -> metrics.put(name, metric.applyAsDouble(pair)));
    return new Share(pair.value(), metrics);
  }
}

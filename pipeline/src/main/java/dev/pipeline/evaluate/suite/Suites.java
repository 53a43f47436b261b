package dev.pipeline.evaluate.suite;

import dev.pipeline.evaluate.metric.Metric;
import dev.pipeline.evaluate.metric.Metric.Description;
import dev.pipeline.evaluate.metric.Metrics;
import java.util.List;
import java.util.stream.Stream;

/** What is measured, on the hold-out and in the suites, in the order of the report. */
public final class Suites {
  private Suites() {}

  /** Every metric there is. */
  public static List<Description> descriptions() {
    return Stream.of(
            Metrics.standard().stream().map(Metric::description),
            Stream.of(RedTeam.LEAK_RATE),
            Negotiation.descriptions().stream(),
            Stream.of(GeneralKnowledge.PERPLEXITY, Canaries.EXPOSURE))
        .flatMap(metrics -> metrics)
        .toList();
  }
}

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
    return Stream.concat(
            Metrics.standard().stream().map(Metric::description),
            metrics().stream().map(SuiteMetric::description))
        .toList();
  }

  /** What the suites measure. */
  public static List<SuiteMetric> metrics() {
    return Stream.of(
            RedTeam.metrics(),
            Negotiation.metrics(),
            GeneralKnowledge.metrics(),
            TrainingData.metrics(),
            TemplateMatch.metrics(),
            Canaries.metrics())
        .flatMap(List::stream)
        .toList();
  }
}

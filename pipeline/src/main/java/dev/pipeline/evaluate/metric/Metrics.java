package dev.pipeline.evaluate.metric;

import java.util.List;

/** The metrics every evaluation takes, in the order of the report. */
public final class Metrics {
  private Metrics() {}

  /** All metrics. */
  public static List<Metric> standard() {
    return List.of(
        new HoldoutLoss(),
        new Perplexity(),
        new Bleu(),
        new Chrf(),
        new RougeL(),
        new StylePassRate(),
        new LeakRate(),
        new CopyRate(),
        new LongestRun(),
        new GroundedRate(),
        new ToxicityRate(),
        new EndsByItself(),
        new LengthPercentile(50),
        new LengthPercentile(90),
        new LengthPercentile(99));
  }
}

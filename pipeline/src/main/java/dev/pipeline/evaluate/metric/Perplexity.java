package dev.pipeline.evaluate.metric;

import java.util.List;

/** The exponential of {@link HoldoutLoss}. */
public final class Perplexity implements Metric {
  /** Key in {@code evaluation.json}. */
  public static final String NAME = "perplexity";

  @Override
  public Description description() {
    return new Description(
        NAME,
        "Perplexity",
        Unit.NUMBER,
        Better.LOWER,
        "How many tokens the model hesitates between: e to the hold-out loss.");
  }

  @Override
  public Statistic statistic(List<Sample> samples) {
    List<Likelihood> scored = HoldoutLoss.scored(samples);
    return Statistic.of(scored.size(), rows -> Math.exp(HoldoutLoss.meanLoss(scored, rows)));
  }
}

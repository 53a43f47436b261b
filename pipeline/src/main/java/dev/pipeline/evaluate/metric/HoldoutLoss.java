package dev.pipeline.evaluate.metric;

import java.util.Arrays;
import java.util.List;

/**
 * Cross-entropy of the reference answers: negative log-likelihood summed over all answer tokens,
 * terminators included, divided by their number. In nats a token, as the training loss.
 */
public final class HoldoutLoss implements Metric {
  /** Key in {@code evaluation.json}. */
  public static final String NAME = "holdout_loss";

  @Override
  public Description description() {
    return new Description(
        NAME,
        "Hold-out loss",
        Unit.NUMBER,
        Better.LOWER,
        "Mean negative log-likelihood of the reference answers' tokens, in nats.");
  }

  @Override
  public Statistic statistic(List<Sample> samples) {
    List<Likelihood> scored = scored(samples);
    return Statistic.of(scored.size(), rows -> meanLoss(scored, rows));
  }

  static List<Likelihood> scored(List<Sample> samples) {
    return samples.stream().map(Sample::likelihood).filter(l -> l.tokens() > 0).toList();
  }

  static double meanLoss(List<Likelihood> scored, int[] rows) {
    double sum = Arrays.stream(rows).mapToDouble(r -> scored.get(r).negativeLogLikelihood()).sum();
    return sum / Arrays.stream(rows).mapToLong(row -> scored.get(row).tokens()).sum();
  }
}

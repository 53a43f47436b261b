package dev.pipeline.evaluate.metric;

import java.util.List;
import java.util.Optional;

/** The exponential of {@link HoldoutLoss}; its interval maps along, as exp is monotone. */
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
  public Optional<Score> score(List<Sample> samples) {
    return new HoldoutLoss()
        .score(samples)
        .map(
            loss ->
                new Score(
                    Math.exp(loss.value()), Math.exp(loss.low()), Math.exp(loss.high()), loss.n()));
  }
}

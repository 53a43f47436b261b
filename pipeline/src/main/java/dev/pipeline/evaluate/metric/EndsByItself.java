package dev.pipeline.evaluate.metric;

import java.util.List;

/** Share of answers that end with the terminator rather than at the token limit. */
public final class EndsByItself implements Metric {
  /** Key in {@code evaluation.json}. */
  public static final String NAME = "ends_by_itself";

  @Override
  public Description description() {
    return new Description(
        NAME,
        "Ends by itself",
        Unit.SHARE,
        Better.HIGHER,
        "Answers that stop on their own before the token limit.");
  }

  @Override
  public Statistic statistic(List<Sample> samples) {
    return Statistic.share(
        samples.stream().mapToInt(sample -> sample.answer().endedByItself() ? 1 : 0));
  }
}

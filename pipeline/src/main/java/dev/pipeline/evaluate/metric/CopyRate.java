package dev.pipeline.evaluate.metric;

import java.util.List;

/** Share of answers that replay a long run of words from the training text: memorisation. */
public final class CopyRate implements Metric {
  /** Key in {@code evaluation.json}. */
  public static final String NAME = "copy_rate";

  @Override
  public Description description() {
    return new Description(
        NAME,
        "Copy rate",
        Unit.SHARE,
        Better.LOWER,
        "Answers that repeat a long passage of the training text word for word.");
  }

  @Override
  public Statistic statistic(List<Sample> samples) {
    return Statistic.share(
        samples.stream().mapToInt(sample -> !sample.findings().copies().isEmpty() ? 1 : 0));
  }
}

package dev.pipeline.evaluate.metric;

import java.util.List;

/**
 * Share of answers whose every number was said before: told "60 days", one answer says "60 days"
 * and another "45 days", which makes 50 %.
 */
public final class GroundedRate implements Metric {
  /** Key in {@code evaluation.json}. */
  public static final String NAME = "grounded_rate";

  @Override
  public Description description() {
    return new Description(
        NAME,
        "Grounded numbers",
        Unit.SHARE,
        Better.HIGHER,
        "Answers whose every number stands in the context or the message.");
  }

  @Override
  public Statistic statistic(List<Sample> samples) {
    return Statistic.share(
        samples.stream().mapToInt(sample -> sample.findings().ungrounded().isEmpty() ? 1 : 0));
  }
}

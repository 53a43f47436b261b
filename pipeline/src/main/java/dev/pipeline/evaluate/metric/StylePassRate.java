package dev.pipeline.evaluate.metric;

import java.util.List;

/** Share of answers that break no style rule. */
public final class StylePassRate implements Metric {
  /** Key in {@code evaluation.json}. */
  public static final String NAME = "style_pass_rate";

  @Override
  public Description description() {
    return new Description(
        NAME, "Style pass rate", Unit.SHARE, Better.HIGHER, "Answers that break no style rule.");
  }

  @Override
  public Statistic statistic(List<Sample> samples) {
    return Statistic.share(
        samples.stream().mapToInt(sample -> sample.findings().style().isEmpty() ? 1 : 0));
  }
}

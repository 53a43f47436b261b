package dev.pipeline.evaluate.metric;

import java.util.List;
import java.util.Optional;

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
  public Optional<Score> score(List<Sample> samples) {
    return Proportion.of(samples, sample -> sample.findings().style().isEmpty());
  }
}

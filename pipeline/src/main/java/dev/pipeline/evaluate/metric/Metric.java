package dev.pipeline.evaluate.metric;

import java.util.List;
import java.util.Optional;

/** One way to judge answers. A new one is one file and one line in {@link Metrics}. */
public interface Metric {
  /** Name, unit and meaning. */
  Description description();

  /** Its statistic over {@code samples}: of no rows when they do not carry what is measured. */
  Statistic statistic(List<Sample> samples);

  /** The score over {@code samples}, or nothing when they do not carry what is measured. */
  default Optional<Score> score(List<Sample> samples) {
    return statistic(samples).score();
  }

  /** Which way is better. */
  enum Better {
    /** Less is better. */
    LOWER,
    /** More is better. */
    HIGHER,
    /** Neither; it depends on the reader. */
    NEITHER
  }

  /**
   * How a metric is shown.
   *
   * @param name stable key in {@code evaluation.json}
   * @param label what people call it
   * @param meaning one sentence
   */
  record Description(String name, String label, Unit unit, Better better, String meaning) {}
}

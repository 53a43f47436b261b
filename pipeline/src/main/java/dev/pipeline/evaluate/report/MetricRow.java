package dev.pipeline.evaluate.report;

import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.Judgement;
import dev.pipeline.evaluate.metric.Metric.Better;
import dev.pipeline.evaluate.metric.Metric.Description;
import dev.pipeline.evaluate.metric.Score;
import java.util.Optional;

/** A line of the metrics table. */
public record MetricRow(String label, String meaning, Cell base, Cell tuned, Change change) {
  /**
   * A score as text.
   *
   * @param interval the 95 % interval, empty when not measured
   * @param n rows measured, empty when not measured
   */
  public record Cell(String value, String interval, String n) {}

  /** Whether tuned is better than base. */
  public enum Change {
    /** It is better. */
    BETTER("better"),
    /** It is worse. */
    WORSE("worse"),
    /** Neither, or not known. */
    NONE("");

    private final String text;

    Change(String text) {
      this.text = text;
    }

    /** The word in the table. */
    public String text() {
      return text;
    }
  }

  static MetricRow of(Description metric, Evaluation evaluation) {
    Optional<Score> base = score(evaluation.base(), metric);
    Optional<Score> tuned = score(evaluation.tuned(), metric);
    Change change =
        base.flatMap(before -> tuned.map(after -> change(metric.better(), before, after)))
            .orElse(Change.NONE);
    return new MetricRow(
        metric.label(), metric.meaning(), cell(metric, base), cell(metric, tuned), change);
  }

  private static Optional<Score> score(Judgement judgement, Description metric) {
    return judgement.metric(metric.name());
  }

  private static Cell cell(Description metric, Optional<Score> score) {
    return score
        .map(
            s ->
                new Cell(
                    metric.unit().format(s.value()),
                    metric.unit().format(s.low()) + " to " + metric.unit().format(s.high()),
                    Integer.toString(s.n())))
        .orElse(new Cell("not measured", "", ""));
  }

  private static Change change(Better better, Score base, Score tuned) {
    int direction = Double.compare(tuned.value(), base.value());
    if (direction == 0 || better == Better.NEITHER) {
      return Change.NONE;
    }
    return direction > 0 == (better == Better.HIGHER) ? Change.BETTER : Change.WORSE;
  }
}

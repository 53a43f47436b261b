package dev.pipeline.evaluate.report;

import dev.pipeline.evaluate.Judgement;
import dev.pipeline.evaluate.metric.Metric.Better;
import dev.pipeline.evaluate.metric.Metric.Description;
import dev.pipeline.evaluate.metric.Score;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line of the metrics table.
 *
 * @param cells one a model
 * @param difference the last model less the one before it
 * @param change what that difference means
 */
public record MetricRow(
    String label, String meaning, List<Cell> cells, Cell difference, Change change) {
  private static final Cell NOT_MEASURED = new Cell("not measured", "", "");
  private static final Cell NONE = new Cell("", "", "");

  /** Copies the cells. */
  public MetricRow {
    cells = List.copyOf(cells);
  }

  /**
   * A score as text.
   *
   * @param interval the 95 % interval, empty when not measured
   * @param n rows measured, empty when not measured
   */
  public record Cell(String value, String interval, String n) {}

  /** Whether a difference is a gain that luck with the rows does not explain. */
  public enum Change {
    /** The whole interval lies on the better side. */
    BETTER("better"),
    /** The whole interval lies on the worse side. */
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

  static MetricRow of(Description metric, List<Column> columns, Map<String, Score> differences) {
    @Nullable Score difference = differences.get(metric.name());
    return new MetricRow(
        metric.label(),
        metric.meaning(),
        columns.stream().map(column -> cell(metric, column.judgement())).toList(),
        difference == null ? NONE : changed(metric, difference),
        difference == null ? Change.NONE : change(metric.better(), difference));
  }

  private static Cell cell(Description metric, Judgement judgement) {
    Optional<Score> measured = judgement.metric(metric.name());
    return measured
        .map(
            score ->
                new Cell(
                    metric.unit().format(score.value()),
                    metric.unit().format(score.low()) + " to " + metric.unit().format(score.high()),
                    Integer.toString(score.n())))
        .orElse(NOT_MEASURED);
  }

  private static Cell changed(Description metric, Score difference) {
    return new Cell(
        metric.unit().formatChange(difference.value()),
        metric.unit().formatChange(difference.low())
            + " to "
            + metric.unit().formatChange(difference.high()),
        Integer.toString(difference.n()));
  }

  private static Change change(Better better, Score difference) {
    boolean more = difference.low() > 0;
    boolean less = difference.high() < 0;
    if (better == Better.NEITHER || (!more && !less)) {
      return Change.NONE;
    }
    return more == (better == Better.HIGHER) ? Change.BETTER : Change.WORSE;
  }
}

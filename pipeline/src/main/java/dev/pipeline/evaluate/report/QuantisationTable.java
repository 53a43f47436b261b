package dev.pipeline.evaluate.report;

import dev.pipeline.evaluate.metric.Score;
import dev.pipeline.evaluate.metric.Unit;
import dev.pipeline.evaluate.quality.FileQuality;
import dev.pipeline.evaluate.quality.QualityTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What each quantised file costs, and which of them were packaged.
 *
 * @param rows held-out rows that were predicted
 * @param tokens of their answers
 * @param files F16 first
 * @param gains what the importance matrix does, a sentence a type
 */
public record QuantisationTable(int rows, int tokens, List<Line> files, List<String> gains) {
  private static final double MEGA = 1e6;

  /** One file, ready to print. */
  public record Line(
      String label,
      String size,
      String bits,
      String divergence,
      String divergenceInterval,
      String agreement,
      String agreementInterval,
      String prompt,
      String generation,
      String packaged) {}

  /**
   * The table.
   *
   * @param weighted by type, whether the packaged file is the one with an importance matrix
   */
  public static QuantisationTable of(QualityTable table, Map<String, Boolean> weighted) {
    return new QuantisationTable(
        table.rows(),
        table.tokens(),
        table.files().stream().map(file -> line(file, weighted)).toList(),
        table.gains().stream().map(QualityTable::sentence).toList());
  }

  private static Line line(FileQuality file, Map<String, Boolean> weighted) {
    boolean packaged = weighted.getOrDefault(file.quantisation(), false) == file.weighted();
    return new Line(
        file.label(),
        formatted("%,.1f MB", file.bytes() / MEGA),
        formatted("%.2f", file.bitsPerWeight()),
        formatted("%.5f", file.divergence().value()),
        formatted("%.5f", file.divergence().low())
            + " to "
            + formatted("%.5f", file.divergence().high()),
        Unit.SHARE.format(file.agreement().value()),
        interval(file.agreement()),
        formatted("%,.0f", file.speed().prompt()),
        formatted("%,.0f", file.speed().generation()),
        packaged ? "packaged" : "not kept");
  }

  private static String interval(Score score) {
    return Unit.SHARE.format(score.low()) + " to " + Unit.SHARE.format(score.high());
  }

  private static String formatted(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}

package dev.pipeline.evaluate.report;

import dev.pipeline.evaluate.JudgedRow;
import dev.pipeline.evaluate.Judgement;
import dev.pipeline.evaluate.metric.Finding;
import java.util.List;

/**
 * How many answers of each model break a style rule.
 *
 * @param broken one count a model
 */
public record RuleRow(String rule, List<Long> broken) {
  /** Copies the counts. */
  public RuleRow {
    broken = List.copyOf(broken);
  }

  static List<RuleRow> of(List<Column> columns) {
    List<Judgement> models = columns.stream().map(Column::judgement).toList();
    return models.stream()
        .flatMap(judgement -> judgement.rows().stream())
        .flatMap(row -> row.findings().style().stream())
        .map(Finding::rule)
        .distinct()
        .sorted()
        .map(rule -> new RuleRow(rule, models.stream().map(model -> count(model, rule)).toList()))
        .toList();
  }

  private static long count(Judgement judgement, String rule) {
    return judgement.rows().stream().filter(row -> breaks(row, rule)).count();
  }

  private static boolean breaks(JudgedRow row, String rule) {
    return row.findings().style().stream().anyMatch(finding -> finding.rule().equals(rule));
  }
}

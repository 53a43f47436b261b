package dev.pipeline.evaluate.report;

import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.JudgedRow;
import dev.pipeline.evaluate.Judgement;
import dev.pipeline.evaluate.metric.Finding;
import java.util.List;
import java.util.stream.Stream;

/** How many answers of each model break a style rule. */
public record RuleRow(String rule, long base, long tuned) {
  static List<RuleRow> of(Evaluation evaluation) {
    return Stream.of(evaluation.base(), evaluation.tuned())
        .flatMap(judgement -> judgement.rows().stream())
        .flatMap(row -> row.findings().style().stream())
        .map(Finding::rule)
        .distinct()
        .sorted()
        .map(
            rule ->
                new RuleRow(rule, count(evaluation.base(), rule), count(evaluation.tuned(), rule)))
        .toList();
  }

  private static long count(Judgement judgement, String rule) {
    return judgement.rows().stream().filter(row -> breaks(row, rule)).count();
  }

  private static boolean breaks(JudgedRow row, String rule) {
    return row.findings().style().stream().anyMatch(finding -> finding.rule().equals(rule));
  }
}

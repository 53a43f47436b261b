package dev.pipeline.evaluate.report;

import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.JudgedRow;
import dev.pipeline.evaluate.Judgement;
import dev.pipeline.evaluate.gate.Verdict;
import dev.pipeline.evaluate.suite.Suites;
import java.util.List;

/** What the template {@code report.jte} shows, ready to print. */
public record ReportPage(
    RunFacts facts,
    Evaluation evaluation,
    Verdict verdict,
    List<LineChart> curves,
    Histogram lengths,
    List<MetricRow> metrics,
    List<RuleRow> brokenRules,
    List<LeakRow> leaks,
    List<SuiteTable> suites,
    List<CanaryTable> canaries,
    List<AnswerPair> answers) {

  static ReportPage of(
      RunFacts facts, Evaluation evaluation, Verdict verdict, TrainingLog training) {
    return new ReportPage(
        facts,
        evaluation,
        verdict,
        TrainingCurves.of(training),
        Histogram.of(lengths(evaluation.base()), lengths(evaluation.tuned())),
        Suites.descriptions().stream().map(m -> MetricRow.of(m, evaluation)).toList(),
        RuleRow.of(evaluation),
        LeakRow.of(evaluation),
        SuiteTable.of(evaluation),
        CanaryTable.of(evaluation),
        AnswerPair.sampled(evaluation));
  }

  private static List<Integer> lengths(Judgement judgement) {
    return judgement.rows().stream().map(JudgedRow::answer).map(a -> a.tokens()).toList();
  }
}

package dev.pipeline.evaluate.report;

import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.JudgedRow;
import dev.pipeline.evaluate.Judgement;
import dev.pipeline.evaluate.Verdict;
import dev.pipeline.evaluate.metric.Metrics;
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
    List<AnswerPair> answers) {

  static ReportPage of(
      RunFacts facts, Evaluation evaluation, Verdict verdict, TrainingLog training) {
    return new ReportPage(
        facts,
        evaluation,
        verdict,
        TrainingCurves.of(training),
        Histogram.of(lengths(evaluation.base()), lengths(evaluation.tuned())),
        Metrics.standard().stream().map(m -> MetricRow.of(m.description(), evaluation)).toList(),
        RuleRow.of(evaluation),
        LeakRow.of(evaluation),
        AnswerPair.sampled(evaluation));
  }

  private static List<Integer> lengths(Judgement judgement) {
    return judgement.rows().stream().map(JudgedRow::answer).map(a -> a.tokens()).toList();
  }
}

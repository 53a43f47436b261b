package dev.pipeline.evaluate.report;

import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.Judgement;
import dev.pipeline.evaluate.PairedDifferences;
import dev.pipeline.evaluate.gate.Verdict;
import dev.pipeline.evaluate.metric.Score;
import dev.pipeline.evaluate.suite.Suites;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the template {@code report.jte} shows, ready to print. */
public record ReportPage(
    RunFacts facts,
    Evaluation evaluation,
    List<Column> columns,
    Verdict verdict,
    List<LineChart> curves,
    Optional<HeldOutPairs> pairs,
    Histogram lengths,
    List<MetricRow> metrics,
    List<RuleRow> brokenRules,
    List<LeakRow> leaks,
    List<SuiteTable> suites,
    List<CanaryTable> canaries,
    List<SampledRow> answers) {

  static ReportPage of(
      RunFacts facts, Evaluation evaluation, Verdict verdict, Training training, int samples) {
    List<Column> columns = Column.of(evaluation, facts.trainings());
    Map<String, Score> differences =
        PairedDifferences.of(
            evaluation.rows(),
            columns.get(columns.size() - 2).judgement(),
            columns.get(columns.size() - 1).judgement());
    return new ReportPage(
        facts,
        evaluation,
        columns,
        verdict,
        TrainingCurves.of(training.log()),
        training.pairs(),
        Histogram.of(columns.stream().map(ReportPage::lengths).toList()),
        Suites.descriptions().stream().map(m -> MetricRow.of(m, columns, differences)).toList(),
        RuleRow.of(columns),
        LeakRow.of(evaluation),
        SuiteTable.of(columns),
        CanaryTable.of(evaluation),
        SampledRow.of(evaluation.rows(), columns, samples));
  }

  /** All models in a phrase, such as "Base, SFT and DPO". */
  public String models() {
    List<String> labels = columns.stream().map(Column::label).toList();
    return String.join(", ", labels.subList(0, labels.size() - 1)) + " and " + tuned().label();
  }

  /** The model in question. */
  public Column tuned() {
    return columns.get(columns.size() - 1);
  }

  /** The model it was made from. */
  public Column before() {
    return columns.get(columns.size() - 2);
  }

  /**
   * What is worse than in the model before by more than luck, in a sentence; empty where nothing
   * is. A passed gate beside it would else look like a contradiction.
   */
  public String worse() {
    String worse =
        metrics.stream()
            .filter(row -> row.change() == MetricRow.Change.WORSE)
            .map(row -> row.label() + " (" + row.difference().value() + ")")
            .collect(Collectors.joining(", "));
    return worse.isEmpty()
        ? ""
        : "Worse than %s, but no bound forbids it: %s.".formatted(before().label(), worse);
  }

  private static Histogram.Group lengths(Column column) {
    Judgement judgement = column.judgement();
    return new Histogram.Group(
        column.label(),
        column.style(),
        judgement.rows().stream().map(row -> row.answer().tokens()).toList());
  }
}

package dev.pipeline.evaluate.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.Evaluations;
import dev.pipeline.evaluate.JudgedRow;
import dev.pipeline.evaluate.Judgement;
import dev.pipeline.evaluate.Sampling;
import dev.pipeline.evaluate.metric.EndsByItself;
import dev.pipeline.evaluate.metric.HoldoutLoss;
import dev.pipeline.evaluate.metric.LeakRate;
import dev.pipeline.evaluate.metric.LengthPercentile;
import dev.pipeline.evaluate.metric.Metric.Better;
import dev.pipeline.evaluate.metric.Proportion;
import dev.pipeline.evaluate.metric.Score;
import dev.pipeline.evaluate.metric.StylePassRate;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
  private static final int ROWS = 12;
  private static final List<Bound> BOUNDS =
      List.of(
          Bound.of(HoldoutLoss.NAME, "gain_share", 0.2),
          Bound.of(StylePassRate.NAME, "gain", 0.3),
          Bound.of(LengthPercentile.name(90), "below", 160),
          Bound.of(EndsByItself.NAME, "at_least", 0.95),
          Bound.of(LeakRate.NAME, "at_most", 0));
  private static final Map<String, Double> BASE =
      Map.of(HoldoutLoss.NAME, 2.0, StylePassRate.NAME, 0.5);
  private static final Map<String, Double> TUNED =
      Map.of(
          HoldoutLoss.NAME,
          1.6,
          StylePassRate.NAME,
          0.8,
          LengthPercentile.name(90),
          159.0,
          EndsByItself.NAME,
          0.95,
          LeakRate.NAME,
          0.0);

  @Test
  void passesAtTheBounds() {
    Verdict verdict = judge(TUNED);
    assertThat(verdict.reasons()).isEmpty();
    assertThat(verdict.pass()).isTrue();
    assertThat(verdict.checks()).hasSize(5);
    verdict.orThrow("report.html");
  }

  @ParameterizedTest
  @CsvSource({
    "holdout_loss, 1.601, 'Hold-out loss against the base'",
    "style_pass_rate, 0.799, 'Style pass rate against the base'",
    "length_p90, 160, Length P90",
    "ends_by_itself, 0.949, Ends by itself",
    "leak_rate, 0.001, Leak rate"
  })
  void failsJustBeyondABound(String metric, double value, String label) {
    Map<String, Double> tuned = new TreeMap<>(TUNED);
    tuned.put(metric, value);
    assertThat(judge(tuned).reasons()).singleElement().asString().startsWith(label + ":");
  }

  @ParameterizedTest
  @CsvSource({"holdout_loss", "style_pass_rate", "length_p90", "ends_by_itself", "leak_rate"})
  void failsWhenAMetricIsMissing(String metric) {
    Map<String, Double> tuned = new TreeMap<>(TUNED);
    tuned.remove(metric);
    assertThat(judge(tuned).reasons()).singleElement().asString().contains("not measured");
  }

  @Test
  void failsWhenAMetricSawOnlySomeRows() {
    Judgement tuned = judgement(TUNED, ROWS - 1);
    Verdict verdict = judge(judgement(BASE, ROWS), tuned);
    assertThat(verdict.reasons()).hasSize(5).allMatch(reason -> reason.contains("not measured"));
  }

  @Test
  void failsWhenTheBaseHasNoLossToImproveOn() {
    Judgement base = judgement(Map.of(HoldoutLoss.NAME, 0.0, StylePassRate.NAME, 0.5), ROWS);
    assertThat(judge(base, judgement(TUNED, ROWS)).pass()).isFalse();
  }

  @Test
  void showsTheDifferenceThatRoundingWouldHide() {
    Map<String, Double> tuned = new TreeMap<>(TUNED);
    tuned.put(HoldoutLoss.NAME, 1.6006);
    assertThat(judge(tuned).reasons())
        .containsExactly(
            "Hold-out loss against the base: 19.9700 % lower, must be at least 20.0 % lower");
  }

  @Test
  void forgivesRoundingInDifferences() {
    Judgement base = judgement(Map.of(HoldoutLoss.NAME, 2.0, StylePassRate.NAME, 0.4), ROWS);
    Map<String, Double> tuned = new TreeMap<>(TUNED);
    tuned.put(StylePassRate.NAME, 0.7);
    assertThat(judge(base, judgement(tuned, ROWS)).pass()).isTrue();
  }

  @Test
  void stopsWithTheGatesExitCodeAndReason() {
    Map<String, Double> tuned = new TreeMap<>(TUNED);
    tuned.put(LengthPercentile.name(90), 180.0);
    assertThatThrownBy(() -> judge(tuned).orThrow("report.html"))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.exitCode()).isEqualTo(ExitCode.GATE_FAILED))
        .hasMessage("the gate failed: Length P90: 180, must be below 160");
  }

  private static Verdict judge(Map<String, Double> tuned) {
    return judge(judgement(BASE, ROWS), judgement(tuned, ROWS));
  }

  private static Verdict judge(Judgement base, Judgement tuned) {
    return new Gate(BOUNDS).judge(evaluation(base, tuned), Optional.empty());
  }

  private static Evaluation evaluation(Judgement base, Judgement tuned) {
    return new Evaluation(Sampling.greedy(1), Evaluations.good().rows(), base, tuned);
  }

  private static Judgement judgement(Map<String, Double> values, int n) {
    TreeMap<String, Score> scores = new TreeMap<>();
    values.forEach((name, value) -> scores.put(name, new Score(value, value, value, n)));
    return judgement(scores);
  }

  private static Judgement judgement(SortedMap<String, Score> scores) {
    JudgedRow row = Evaluations.good().base().rows().get(0);
    return new Judgement(
        Evaluations.identity("m"),
        Evaluations.good().rows(),
        scores,
        Collections.nCopies(ROWS, row),
        List.of());
  }

  @Test
  void holdsTheWorseEndOfAnInterval() {
    SortedMap<String, Score> scores = new TreeMap<>();
    scores.put(LeakRate.NAME, Proportion.of(0, ROWS));
    scores.put(EndsByItself.NAME, Proportion.of(ROWS, ROWS));
    Evaluation evaluation = evaluation(judgement(scores), judgement(scores));
    // Wilson's interval of 0 of 12 ends at 24.25 %, that of 12 of 12 begins at 75.75 %.
    assertThat(passes(evaluation, Bound.of(LeakRate.NAME, "interval_at_most", 0.243))).isTrue();
    assertThat(passes(evaluation, Bound.of(LeakRate.NAME, "interval_at_most", 0.242))).isFalse();
    assertThat(passes(evaluation, Bound.of(EndsByItself.NAME, "interval_at_least", 0.757)))
        .isTrue();
    assertThat(passes(evaluation, Bound.of(EndsByItself.NAME, "interval_at_least", 0.758)))
        .isFalse();
  }

  @Test
  void theIntervalOfADifferenceIsNewcombes() {
    // Newcombe (1998), table II (a): 56 of 70 against 48 of 80, difference 0.2, from 0.0524.
    Score after = Proportion.of(56, 70);
    Score before = Proportion.of(48, 80);
    Difference difference = Difference.of(Better.HIGHER, after, before);
    assertThat(difference.value()).isCloseTo(0.2, within(1e-12));
    assertThat(difference.low()).isCloseTo(0.0524, within(5e-5));
    assertThat(Difference.of(Better.LOWER, before, after)).isEqualTo(difference);
  }

  @Test
  void theIntervalOfAShareIsTakenOnLogarithms() {
    Score base = new Score(4, 2, 8, ROWS);
    Score tuned = new Score(1, 0.5, 2, ROWS);
    Difference gain = Difference.share(Better.LOWER, tuned, base).orElseThrow();
    assertThat(gain.value()).isCloseTo(0.75, within(1e-12));
    // log(4) away, with log(2) of doubt on either side: 1 - exp(log(2) * sqrt(2)) / 4.
    assertThat(gain.low()).isCloseTo(1 - Math.exp(Math.log(2) * Math.sqrt(2)) / 4, within(1e-12));
    assertThat(Difference.share(Better.LOWER, tuned, new Score(1, 0, 2, ROWS)).orElseThrow().low())
        .isNaN();
  }

  @Test
  void regressionsNeedABaselineAndAreMeasuredAgainstIt() {
    Bound bound = Bound.of(LengthPercentile.name(90), "regression", 10);
    Gate gate = new Gate(List.of(bound, BOUNDS.get(2)));
    Evaluation now = evaluation(judgement(BASE, ROWS), judgement(TUNED, ROWS));
    assertThat(gate.judge(now, Optional.empty()).checks()).hasSize(1);
    assertThat(gate.judge(now, since(before(149))).pass()).isTrue();
    assertThat(gate.judge(now, since(before(148))).reasons())
        .containsExactly("Length P90 against release 3: 11 higher, must be at most 10 higher");
    Evaluation unmeasured = evaluation(judgement(BASE, ROWS), judgement(BASE, ROWS));
    assertThat(gate.judge(now, since(unmeasured)).reasons())
        .singleElement()
        .asString()
        .contains("not measured");
  }

  @Test
  void regressionsAreMeasuredAgainstWhatTrainingStartedFrom() {
    Gate gate = new Gate(List.of(Bound.of(LengthPercentile.name(90), "regression", 10)));
    Evaluation evaluation = before(159);
    Evaluation onward =
        new Evaluation(
            evaluation.sampling(),
            evaluation.rows(),
            evaluation.base(),
            Optional.of(before(148).tuned()),
            evaluation.tuned());
    assertThat(gate.judge(onward).reasons())
        .containsExactly("Length P90 against SFT: 11 higher, must be at most 10 higher");
  }

  @Test
  void refusesWhatItCannotJudge() {
    assertThatThrownBy(() -> new Gate(List.of(Bound.of("leek_rate", "at_most", 0))))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("leek_rate");
    assertThatThrownBy(() -> new Gate(List.of())).isInstanceOf(Failure.class);
    Gate regressions = new Gate(List.of(Bound.of(LeakRate.NAME, "regression", 0)));
    assertThatThrownBy(() -> regressions.judge(Evaluations.good(), Optional.empty()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no baseline");
  }

  @Test
  void suitesCountTheirOwnItems() {
    Bound bound = Bound.of("general_perplexity", "at_most", 10);
    assertThat(passes(Evaluations.good(), bound)).isTrue();
    assertThat(
            new Gate(List.of(Bound.of("task_success", "at_least", 0)))
                .judge(Evaluations.good(), Optional.empty())
                .reasons())
        .containsExactly("Task success: not measured, must be at least 0.0 %");
  }

  private static Optional<Baseline> since(Evaluation before) {
    return Optional.of(new Baseline("release 3", before.tuned()));
  }

  private static Evaluation before(double lengthP90) {
    Map<String, Double> tuned = new TreeMap<>(TUNED);
    tuned.put(LengthPercentile.name(90), lengthP90);
    return evaluation(judgement(BASE, ROWS), judgement(tuned, ROWS));
  }

  private static boolean passes(Evaluation evaluation, Bound bound) {
    return new Gate(List.of(bound)).judge(evaluation, Optional.empty()).pass();
  }
}

package dev.pipeline.evaluate.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.Evaluations;
import dev.pipeline.evaluate.HoldoutRow;
import dev.pipeline.evaluate.JudgedRow;
import dev.pipeline.evaluate.Judgement;
import dev.pipeline.evaluate.Sampling;
import dev.pipeline.evaluate.metric.Answer;
import dev.pipeline.evaluate.metric.HoldoutLoss;
import dev.pipeline.evaluate.metric.Likelihood;
import dev.pipeline.evaluate.metric.Metric.Better;
import dev.pipeline.evaluate.metric.Sample;
import dev.pipeline.evaluate.metric.Score;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Ten rows whose losses lie between 1 and 10 nats a token, so that either model's mean is known to
 * within two, while the later one is worse by exactly 0.1 on each row.
 */
class PairedGateTest {
  private static final Bound BOUND = Bound.of(HoldoutLoss.NAME, "interval_regression", 0.2);
  private static final List<HoldoutRow> ROWS = rows("row");
  private static final Judgement BEFORE = judgement(ROWS, row -> row + 1);
  private static final Judgement AFTER = judgement(ROWS, row -> row + 1.1);
  private static final Evaluation EVALUATION =
      new Evaluation(Sampling.greedy(1), ROWS, BEFORE, AFTER);

  @Test
  void theSameRowsArePairedAndPass() {
    Check check = check(BEFORE);
    assertThat(check.pass()).isTrue();
    assertThat(check.measured()).isCloseTo(0.1, within(1e-9));
    assertThat(check.reason())
        .isEqualTo(
            "Hold-out loss against release 3, paired interval: up to 0.100 higher, must be at"
                + " most 0.200 higher");
  }

  @Test
  void otherRowsAreNotPairedAndFail() {
    Check check = check(judgement(rows("other"), row -> row + 1));
    assertThat(check.pass()).isFalse();
    Score before = BEFORE.metric(HoldoutLoss.NAME).orElseThrow();
    Score after = AFTER.metric(HoldoutLoss.NAME).orElseThrow();
    assertThat(check.measured())
        .isEqualTo(0 - Difference.of(Better.LOWER, after, before).low())
        .isGreaterThan(2);
    assertThat(check.reason())
        .startsWith("Hold-out loss against release 3, unpaired interval: up to 2.");
  }

  @Test
  void rowsWithOtherReferencesAreOthers() {
    List<HoldoutRow> edited =
        ROWS.stream()
            .map(row -> new HoldoutRow(row.id(), "", "", "another reference", "", ""))
            .toList();
    assertThat(check(judgement(edited, row -> row + 1)).label()).contains("unpaired interval");
  }

  @Test
  void theGainOnTheBaseIsPairedToo() {
    Judgement better = judgement(ROWS, row -> 0.9 * (row + 1));
    Evaluation evaluation = new Evaluation(Sampling.greedy(1), ROWS, BEFORE, better);
    // A tenth less on each row is a tenth less on every resample, whatever the rows.
    Bound share = Bound.of(HoldoutLoss.NAME, "interval_gain_share", 0.09);
    Check check = new Gate(List.of(share)).judge(evaluation).checks().get(0);
    assertThat(check.measured()).isCloseTo(0.1, within(1e-9));
    assertThat(check.label()).isEqualTo("Hold-out loss against the base, paired interval");
    Score before = BEFORE.metric(HoldoutLoss.NAME).orElseThrow();
    Score after = better.metric(HoldoutLoss.NAME).orElseThrow();
    assertThat(Difference.share(Better.LOWER, after, before).orElseThrow().low()).isNegative();
    Bound gain = Bound.of(HoldoutLoss.NAME, "interval_gain", 0.2);
    assertThat(new Gate(List.of(gain)).judge(evaluation).pass()).isTrue();
    assertThat(Difference.of(Better.LOWER, after, before).low()).isNegative();
  }

  /** 0.1 worse on each row is beyond chance; the same between other rows is not. */
  @Test
  void onlyWhatIsWorseBeyondChanceIsASignificantRegression() {
    Bound bound = Bound.of(HoldoutLoss.NAME, "significant_regression", 0);
    Check paired = check(EVALUATION, bound, BEFORE);
    assertThat(paired.pass()).isFalse();
    assertThat(paired.measured()).isCloseTo(0.1, within(1e-9));
    assertThat(paired.reason())
        .isEqualTo(
            "Hold-out loss against release 3, paired interval: at least 0.100 higher, must be no"
                + " higher beyond chance");
    Check unpaired = check(EVALUATION, bound, judgement(rows("other"), row -> row + 1));
    assertThat(unpaired.pass()).isTrue();
    assertThat(unpaired.measuredText()).isEqualTo("within chance");
    assertThat(bound.name()).isEqualTo("holdout_loss.significant_regression");
  }

  @Test
  void itemsOfSuitesPairByTheirOwnIds() {
    Evaluation evaluation = Evaluations.onward();
    Bound bound = Bound.of("redteam_leak_rate", "interval_regression", 0);
    Judgement start = evaluation.start().orElseThrow();
    assertThat(check(evaluation, bound, start).label()).endsWith(", paired interval");
    Judgement elsewhere =
        new Judgement(start.model(), rows("other"), start.metrics(), start.rows(), start.suites());
    assertThat(check(evaluation, bound, elsewhere).label()).endsWith(", paired interval");
  }

  private static Check check(Judgement baseline) {
    return check(EVALUATION, BOUND, baseline);
  }

  private static Check check(Evaluation evaluation, Bound bound, Judgement baseline) {
    return new Gate(List.of(bound))
        .judge(evaluation, Optional.of(new Baseline("release 3", baseline)))
        .checks()
        .get(0);
  }

  private static List<HoldoutRow> rows(String name) {
    return IntStream.range(0, 10)
        .mapToObj(i -> new HoldoutRow(name + "-" + i, "", "", "reference " + i, "", ""))
        .toList();
  }

  private static Judgement judgement(List<HoldoutRow> holdOut, IntToDoubleFunction loss) {
    JudgedRow like = Evaluations.good().base().rows().get(0);
    List<JudgedRow> rows =
        IntStream.range(0, holdOut.size())
            .mapToObj(
                row ->
                    new JudgedRow(
                        new Answer("", 1, true),
                        new Likelihood(loss.applyAsDouble(row), 1),
                        like.findings()))
            .toList();
    Score score =
        new HoldoutLoss()
            .score(
                rows.stream()
                    .map(row -> new Sample("", row.answer(), row.likelihood(), row.findings()))
                    .toList())
            .orElseThrow();
    TreeMap<String, Score> scores = new TreeMap<>();
    scores.put(HoldoutLoss.NAME, score);
    return new Judgement(Evaluations.identity("m"), holdOut, scores, rows, List.of());
  }
}

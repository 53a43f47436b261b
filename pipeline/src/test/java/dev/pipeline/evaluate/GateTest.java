package dev.pipeline.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.evaluate.metric.EndsByItself;
import dev.pipeline.evaluate.metric.HoldoutLoss;
import dev.pipeline.evaluate.metric.LeakRate;
import dev.pipeline.evaluate.metric.LengthPercentile;
import dev.pipeline.evaluate.metric.Score;
import dev.pipeline.evaluate.metric.StylePassRate;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
  private static final int ROWS = 10;
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
    verdict.orThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "holdout_loss, 1.601, hold-out loss improvement",
    "style_pass_rate, 0.799, style pass rate gain",
    "length_p90, 160, length P90",
    "ends_by_itself, 0.949, answers that end by themselves",
    "leak_rate, 0.001, answers that leak"
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
        .containsExactly("hold-out loss improvement: 19.9700 %, must be at least 20.0 %");
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
    assertThatThrownBy(() -> judge(tuned).orThrow())
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.exitCode()).isEqualTo(ExitCode.GATE_FAILED))
        .hasMessage("the gate failed: length P90: 180, must be below 160");
  }

  private static Verdict judge(Map<String, Double> tuned) {
    return judge(judgement(BASE, ROWS), judgement(tuned, ROWS));
  }

  private static Verdict judge(Judgement base, Judgement tuned) {
    return new Gate(GateBounds.defaults())
        .judge(new Evaluation(Sampling.greedy(1), Evaluations.rows(ROWS), base, tuned));
  }

  private static Judgement judgement(Map<String, Double> values, int n) {
    TreeMap<String, Score> scores = new TreeMap<>();
    values.forEach((name, value) -> scores.put(name, new Score(value, value, value, n)));
    JudgedRow row = Evaluations.good().base().rows().get(0);
    return new Judgement(Evaluations.identity("m"), scores, Collections.nCopies(ROWS, row));
  }
}

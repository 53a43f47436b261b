package dev.pipeline.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.evaluate.metric.Answer;
import dev.pipeline.evaluate.metric.EndsByItself;
import dev.pipeline.evaluate.metric.Finding;
import dev.pipeline.evaluate.metric.HoldoutLoss;
import dev.pipeline.evaluate.metric.LeakRate;
import dev.pipeline.evaluate.metric.StylePassRate;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  @Test
  void judgesEveryRowAndMeasures() {
    Evaluation evaluation = Evaluations.good();
    assertThat(evaluation.base().rows()).hasSize(12);
    assertThat(value(evaluation.base(), HoldoutLoss.NAME)).isEqualTo(2);
    assertThat(value(evaluation.tuned(), HoldoutLoss.NAME)).isEqualTo(1);
    assertThat(value(evaluation.base(), StylePassRate.NAME)).isZero();
    assertThat(value(evaluation.base(), LeakRate.NAME)).isEqualTo(1);
    assertThat(value(evaluation.base(), EndsByItself.NAME)).isZero();
    assertThat(value(evaluation.tuned(), EndsByItself.NAME)).isEqualTo(1);
    assertThat(evaluation.base().rows().get(3).findings().style())
        .containsExactly(new Finding("greeting", "HELLO"));
  }

  @Test
  void scoresTheCompletionOnly() {
    List<Integer> scored = new ArrayList<>();
    ServedModel model = new Recording(scored, new ArrayList<>());
    HoldoutRow row = new HoldoutRow("a", "", "", "abc", "prompt", "abc<end>");
    Evaluations.evaluator()
        .judge(Evaluations.identity("m"), model, List.of(row), JudgeMonitor.none());
    assertThat(scored).containsExactly("promptabc<end>".length(), "prompt".length());
  }

  @Test
  void drawsEachRowWithItsOwnSeed() {
    List<Long> seeds = new ArrayList<>();
    ServedModel model = new Recording(new ArrayList<>(), seeds);
    Evaluations.evaluator()
        .judge(Evaluations.identity("m"), model, Evaluations.rows(3), JudgeMonitor.none());
    assertThat(seeds).containsExactly(0L, 1L, 2L);
  }

  @Test
  void tellsProgressAndStopsWhereTheMonitorThrows() {
    List<Integer> done = new ArrayList<>();
    JudgeMonitor monitor =
        (model, judged, total) -> {
          done.add(judged);
          if (judged == 2) {
            throw Failure.interrupted("asked to stop", "run again");
          }
        };
    ServedModel model = new FakeModel(prompt -> "yes", -1);
    assertThatThrownBy(
            () ->
                Evaluations.evaluator()
                    .judge(Evaluations.identity("m"), model, Evaluations.rows(3), monitor))
        .isInstanceOf(Failure.class);
    assertThat(done).containsExactly(1, 2);
  }

  @Test
  void refusesLogProbabilitiesThatAreNoNumbers() {
    ServedModel model = new FakeModel(prompt -> "yes", Double.NaN);
    assertThatThrownBy(() -> Evaluations.compare(model, model))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.exitCode()).isEqualTo(ExitCode.REFUSED))
        .hasMessageContaining("row-0");
  }

  @Test
  void refusesAnEmptyHoldout() {
    ServedModel model = new FakeModel(prompt -> "yes", -1);
    assertThatThrownBy(
            () ->
                Evaluations.evaluator()
                    .judge(Evaluations.identity("m"), model, List.of(), JudgeMonitor.none()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("hold-out is empty");
  }

  private static double value(Judgement judgement, String metric) {
    return judgement.metric(metric).orElseThrow().value();
  }

  /** Remembers what it was asked. */
  private record Recording(List<Integer> scored, List<Long> seeds) implements ServedModel {
    @Override
    public int[] tokenize(String text) {
      return text.codePoints().toArray();
    }

    @Override
    public Answer generate(String prompt, Sampling sampling) {
      seeds.add(sampling.seed());
      return new Answer("", 0, true);
    }

    @Override
    public float[] score(int[] tokens, int firstScored) {
      scored.add(tokens.length);
      scored.add(firstScored);
      return new float[tokens.length - firstScored];
    }
  }
}

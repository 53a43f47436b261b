package dev.pipeline.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pipeline.evaluate.metric.Score;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PairedDifferencesTest {
  private static final Evaluation EVALUATION =
      Evaluations.compare(
          new FakeModel(prompt -> "x".repeat(20 + 10 * lot(prompt)), -2),
          new FakeModel(prompt -> "x".repeat(15 + 10 * lot(prompt)), -1));

  private final Map<String, Score> differences =
      PairedDifferences.of(EVALUATION.rows(), EVALUATION.base(), EVALUATION.tuned());

  @Test
  void whatIsTheSameOnEveryRowIsCertain() {
    Score length = differences.get("length_p50");
    assertThat(length).isEqualTo(new Score(-5, -5, -5, 12));
    Score alone = EVALUATION.tuned().metric("length_p50").orElseThrow();
    assertThat(alone.high() - alone.low()).isGreaterThan(10);
  }

  @Test
  void isTheDifferenceOfTheValues() {
    assertThat(differences.keySet())
        .contains("holdout_loss", "bleu", "leak_rate", "redteam_leak_rate", "general_perplexity")
        .doesNotContain("canary_exposure", "task_success");
    differences.forEach(
        (metric, difference) ->
            assertThat(difference.value())
                .as(metric)
                .isCloseTo(
                    EVALUATION.tuned().metric(metric).orElseThrow().value()
                        - EVALUATION.base().metric(metric).orElseThrow().value(),
                    within(1e-9)));
  }

  private static int lot(String prompt) {
    String digits = prompt.replaceAll("\\D", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }
}

package dev.pipeline.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanTextTest {
  @Test
  void tellsTheFactsInSentences() {
    assertThat(PlanText.of("Short, warm answers. ", Plans.facts("phi4-joshi", "0123456789abcdef")))
        .isEqualTo(
            """
            phi4-joshi release 1 after SFT, plan 3, run 0123456789ab.
            Short, warm answers.
            Base model: artifacts/base.
            Data: version d00dfeedd00d; rejected 23, train 360, validation 40.
            Training: learning rate 2e-4, lora rank 64.
            Measured on the released file: bleu 21.50, holdout loss 1.235.
            Deployment: published as release 1; not registered with Ollama.
            phi4-joshi.gguf has SHA-256 %s."""
                .formatted("ab".repeat(32)));
  }

  @Test
  void tellsWhatPreferencesWereLearnedAndFromWhere() {
    assertThat(PlanText.of("Short.", Plans.preferred()).lines())
        .startsWith("phi4-joshi release 2 after SFT, then DPO, plan 3, run run-2.")
        .contains(
            "CONTROL DATA: do not share.",
            "Preferences: DPO with beta 0.1 and learning rate 5.0E-6 on negotiation beefbeefbeef"
                + " (train 300, validation 118), from SFT adapter efefefefefef; reward accuracy"
                + " 0.881 on 118 held-out pairs.");
  }

  @Test
  void namesSourceAndLicenceWhereTheyAreKnown() {
    PlanFacts facts =
        Plans.facts("phi4-joshi", "run-1", Map.of("source", "microsoft/phi-4", "licence", "MIT"));

    assertThat(PlanText.of("Short.", facts))
        .contains("\nBase model: artifacts/base, licence MIT, source microsoft/phi-4.\n");
    assertThat(facts.metadata())
        .containsEntry("base_source", "microsoft/phi-4")
        .containsEntry("base_licence", "MIT");
  }
}

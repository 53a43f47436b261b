package dev.pipeline.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplingTest {
  @ParameterizedTest
  @CsvSource({
    "-0.1, 1, 10, temperature",
    "NaN, 1, 10, temperature",
    "0, 0, 10, top_p",
    "0, 1.1, 10, top_p",
    "0, 1, 0, max_tokens"
  })
  void namesTheKeyThatIsOutOfRange(double temperature, double topP, int maxTokens, String key) {
    assertThatThrownBy(() -> new Sampling(temperature, topP, maxTokens, 0))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("evaluate." + key);
  }

  @Test
  void greedyTakesTheMostProbableToken() {
    assertThat(Sampling.greedy(8)).isEqualTo(new Sampling(0, 1, 8, 0));
  }
}

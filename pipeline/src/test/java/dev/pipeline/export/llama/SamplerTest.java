package dev.pipeline.export.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.offset;

import dev.pipeline.io.Failure;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private static final double[] PROBABILITIES = {0.1, 0.5, 0.15, 0.25};

  @Test
  void temperatureZeroTakesTheFirstOfTheLikeliest() {
    Sampler sampler = Sampler.of(GenerateOptions.greedy(1));

    assertThat(sampler.choose(new float[] {1, 3, 3, 2})).isEqualTo(1);
  }

  @Test
  void theNucleusHoldsTheLikeliestThatTogetherReachTopP() {
    // 0.5 + 0.25 reach 0.7, so only tokens 1 and 3 are drawn, in the proportion 2 to 1.
    assertThat(Sampler.nucleus(PROBABILITIES, 0.7, 0)).isEqualTo(1);
    assertThat(Sampler.nucleus(PROBABILITIES, 0.7, 0.66)).isEqualTo(1);
    assertThat(Sampler.nucleus(PROBABILITIES, 0.7, 0.67)).isEqualTo(3);
    assertThat(Sampler.nucleus(PROBABILITIES, 0.7, 0.999)).isEqualTo(3);
    assertThat(Sampler.nucleus(PROBABILITIES, 1, 0.999)).isEqualTo(0);
    assertThat(Sampler.nucleus(PROBABILITIES, 0.01, 0.999)).isEqualTo(1);
  }

  @Test
  void drawsFollowTheProbabilitiesAndTheSeed() {
    float[] logits = {0, (float) Math.log(3)};
    GenerateOptions options = new GenerateOptions(1, 1, 1, 42, List.of());
    Sampler sampler = Sampler.of(options);
    Sampler again = Sampler.of(options);

    int[] draws = IntStream.range(0, 10_000).map(i -> sampler.choose(logits)).toArray();

    assertThat(IntStream.of(draws).average().orElseThrow()).isCloseTo(0.75, offset(0.02));
    assertThat(IntStream.range(0, 10_000).map(i -> again.choose(logits)).toArray())
        .isEqualTo(draws);
  }

  @Test
  void temperatureSharpens() {
    float[] logits = {0, (float) Math.log(3)};

    assertThat(Softmax.probabilities(logits, 1)[1]).isCloseTo(0.75, offset(1e-6));
    assertThat(Softmax.probabilities(logits, 0.5)[1]).isCloseTo(0.9, offset(1e-6));
  }

  @Test
  void logProbabilityHoldsForLogitsThatOverflowExp() {
    float[] logits = {1000, 1000};

    assertThat(Softmax.logProbability(logits, 1)).isCloseTo(Math.log(0.5), offset(1e-12));
  }

  @Test
  void optionsOutsideTheirRangeAreNamed() {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> new GenerateOptions(1, 0.2, 0, 0, List.of()))
        .withMessage("topP is 0.0");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> GenerateOptions.greedy(0))
        .withMessage("maxTokens is 0.0");
  }
}

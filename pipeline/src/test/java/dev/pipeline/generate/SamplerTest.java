package dev.pipeline.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pipeline.io.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private static final float NEVER = Float.NEGATIVE_INFINITY;
  private static final Prompt PROMPT = new Prompt("row", List.of(1L));

  @Test
  void tokensAreDrawnAsOftenAsTheyAreProbable() {
    Sampler sampler = new Sampler(new Sampling(1, 1, 0, 1, 4), PROMPT);
    double[] shares = {0.5, 0.3, 0, 0.2};
    int[] drawn = new int[shares.length];
    int draws = 20_000;
    for (int i = 0; i < draws; i++) {
      drawn[sampler.next(logarithms(shares))]++;
    }
    for (int token = 0; token < shares.length; token++) {
      // Four standard deviations.
      assertThat(drawn[token] / (double) draws).isCloseTo(shares[token], within(0.0142));
    }
    assertThat(drawn[2]).isZero();
  }

  @Test
  void drawsDependOnSeedAndIdAlone() {
    assertThat(draws(4, "a")).isEqualTo(draws(4, "a"));
    assertThat(draws(4, "a")).isNotEqualTo(draws(5, "a")).isNotEqualTo(draws(4, "b"));
  }

  @Test
  void greedyTakesTheFirstOfTheMostProbable() {
    assertThat(new Sampler(Sampling.GREEDY, PROMPT).next(new float[] {1, 3, 3, NEVER})).isOne();
  }

  @Test
  void whatWasWrittenIsPenalisedToo() {
    Sampler sampler = new Sampler(new Sampling(2, 0, 0, 1, 0), PROMPT);
    float[] logits = {3, 4, 2.9f};
    assertThat(sampler.next(logits.clone())).isZero();
    assertThat(sampler.next(logits.clone())).isEqualTo(2);
  }

  @Test
  void scoresThatAreNoNumbersAreRefused() {
    Sampler sampler = new Sampler(new Sampling(1, 1, 2, 0.5, 0), PROMPT);
    assertThatThrownBy(() -> sampler.next(new float[] {1, Float.NaN, 2}))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("NaN");
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new Sampling(0, 1, 0, 1, 0)).hasMessage("repetition penalty 0.0");
    assertThatThrownBy(() -> new Sampling(1, -1, 0, 1, 0)).hasMessage("temperature -1.0");
    assertThatThrownBy(() -> new Sampling(1, 1, -1, 1, 0)).hasMessage("top-k -1.0");
    assertThatThrownBy(() -> new Sampling(1, 1, 0, 1.1, 0)).hasMessage("top-p 1.1");
  }

  private static List<Integer> draws(long seed, String id) {
    Sampler sampler = new Sampler(new Sampling(1, 1, 0, 1, seed), new Prompt(id, List.of(1L)));
    return java.util.stream.Stream.generate(() -> sampler.next(new float[16])).limit(20).toList();
  }

  private static float[] logarithms(double[] shares) {
    float[] logits = new float[shares.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) Math.log(shares[i]);
    }
    return logits;
  }
}

package dev.pipeline.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProportionTest {
  @Test
  void hasWilsonsInterval() {
    // Newcombe (1998), table I: 81 of 263 has the Wilson interval 0.2553 to 0.3662.
    Score score = Proportion.of(81, 263);
    assertThat(score.value()).isCloseTo(0.30798, within(1e-5));
    assertThat(score.low()).isCloseTo(0.2553, within(5e-5));
    assertThat(score.high()).isCloseTo(0.3662, within(5e-5));
  }

  @Test
  void admitsThatNoneSeenIsNotNone() {
    // Newcombe (1998), table I: 0 of 20 has 0 to 0.1611.
    Score score = Proportion.of(0, 20);
    assertThat(score.low()).isZero();
    assertThat(score.high()).isCloseTo(0.1611, within(5e-5));
    assertThat(Proportion.of(20, 20).low()).isCloseTo(0.8389, within(5e-5));
    assertThat(Proportion.of(20, 20).high()).isEqualTo(1);
  }
}

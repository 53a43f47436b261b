package dev.pipeline.weights;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Bfloat16Test {
  @Test
  void everyFiniteValueSurvivesTheRoundTrip() {
    for (int bits = 0; bits < 0x7f80; bits++) {
      assertThat(Bfloat16.of(Bfloat16.toFloat((short) bits)) & 0xffff).isEqualTo(bits);
    }
  }

  @Test
  void tiesGoToEven() {
    assertThat(Bfloat16.of(Float.intBitsToFloat(0x3f808000)) & 0xffff).isEqualTo(0x3f80);
    assertThat(Bfloat16.of(Float.intBitsToFloat(0x3f818000)) & 0xffff).isEqualTo(0x3f82);
    assertThat(Bfloat16.of(Float.intBitsToFloat(0x3f808001)) & 0xffff).isEqualTo(0x3f81);
    assertThat(Bfloat16.of(Float.NaN) & 0x7fff).isGreaterThan(0x7f80);
  }
}

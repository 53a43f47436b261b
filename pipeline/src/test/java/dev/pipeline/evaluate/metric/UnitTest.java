package dev.pipeline.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnitTest {
  @Test
  void zeroHasNoSign() {
    assertThat(Unit.NUMBER.format(-0.0004)).isEqualTo("0.000");
    assertThat(Unit.NUMBER.format(-0.0006)).isEqualTo("-0.001");
    assertThat(Unit.POINTS.format(-0.0001)).isEqualTo("0.0 points");
    assertThat(Unit.SHARE.formatChange(-0.0001)).isEqualTo("0.0 points");
    assertThat(Unit.NUMBER.formatFinely(-0.0004)).isEqualTo("-0.000400");
  }
}

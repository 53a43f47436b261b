package dev.pipeline.weights;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Float16Test {
  /** The value of a half by its definition in IEEE 754. */
  private static float value(int half) {
    int exponent = (half >> 10) & 31;
    int fraction = half & 0x3ff;
    double magnitude =
        exponent == 0 ? Math.scalb(fraction, -24) : Math.scalb(1024 + fraction, exponent - 25);
    return (float) ((half & 0x8000) == 0 ? magnitude : -magnitude);
  }

  @Test
  void everyFiniteHalfIsItsOwnNearestHalf() {
    for (int half = 0; half < 0x7c00; half++) {
      assertThat(Float16.of(value(half)) & 0xffff).isEqualTo(half);
      assertThat(Float16.of(-value(half)) & 0xffff).isEqualTo(half | 0x8000);
    }
  }

  @Test
  void tiesGoToTheEvenNeighbourAndTheRestToTheNearer() {
    for (int half = 0; half < 0x7bff; half++) {
      float middle = (value(half) + value(half + 1)) / 2;
      assertThat(Float16.of(middle) & 0xffff).isEqualTo(half + (half & 1));
      assertThat(Float16.of(Math.nextDown(middle)) & 0xffff).isEqualTo(half);
      assertThat(Float16.of(Math.nextUp(middle)) & 0xffff).isEqualTo(half + 1);
    }
  }

  @Test
  void beyondTheLargestHalfLiesInfinityAndNaNStaysNaN() {
    assertThat(Float16.of(65519f) & 0xffff).isEqualTo(0x7bff);
    assertThat(Float16.of(65520f) & 0xffff).isEqualTo(0x7c00);
    assertThat(Float16.of(Float.NEGATIVE_INFINITY) & 0xffff).isEqualTo(0xfc00);
    assertThat(Float16.of(Float.NaN) & 0x7fff).isGreaterThan(0x7c00);
  }
}

package dev.pipeline.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
  @Test
  void ticksAreRoundAndCoverTheValues() {
    Axis axis = Axis.covering(1.13, 4.41, 5);
    assertThat(axis.ticks()).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0);
    assertThat(axis.fraction(1)).isZero();
    assertThat(axis.fraction(5)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "5, 5", "-3, -3", "0.0001, 0.0001", "0, 100000", "-2, 7"})
  void coversAnyRange(double low, double high) {
    Axis axis = Axis.covering(low, high, 5);
    assertThat(axis.fraction(low)).isBetween(0.0, 1.0);
    assertThat(axis.fraction(high)).isBetween(0.0, 1.0);
    assertThat(axis.intervals()).isBetween(1, 7);
    assertThat(axis.ticks().stream().map(axis::label)).doesNotHaveDuplicates();
  }

  @Test
  void labelsSmallValuesWithExponents() {
    Axis axis = Axis.covering(0, 2e-4, 4);
    assertThat(axis.ticks().stream().map(axis::label))
        .containsExactly("0", "5e-5", "1e-4", "1.5e-4", "2e-4");
    assertThat(Axis.covering(0, 0.02, 4).label(0.015)).isEqualTo("0.015");
    assertThat(Axis.covering(0, 5000, 5).label(4000)).isEqualTo("4,000");
  }
}

package dev.pipeline.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  @Test
  void matchesTheNormalIntervalOfAMean() {
    double[] values = new Random(3).doubles(400).toArray();
    Score score = mean(values);
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / 399;
    double half = 1.96 * Math.sqrt(variance / 400);
    assertThat(score.value()).isCloseTo(mean, within(1e-12));
    assertThat(score.low()).isCloseTo(mean - half, within(half / 5));
    assertThat(score.high()).isCloseTo(mean + half, within(half / 5));
  }

  @Test
  void givesTheSameIntervalEachTime() {
    double[] values = {1, 5, 2, 8, 3};
    assertThat(mean(values)).isEqualTo(mean(values));
  }

  @Test
  void coversATrueMeanAboutAsOftenAsItSays() {
    Random random = new Random(11);
    int covered = 0;
    for (int trial = 0; trial < 200; trial++) {
      Score score = mean(random.doubles(50).toArray());
      covered += score.low() <= 0.5 && 0.5 <= score.high() ? 1 : 0;
    }
    assertThat(covered).isBetween(180, 198);
  }

  private static Score mean(double[] values) {
    return Bootstrap.score(
        values.length, rows -> Arrays.stream(rows).mapToDouble(r -> values[r]).average().orElse(0));
  }
}

package dev.pipeline.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTest {
  /** What 95 % may look like in 400 simulations, whose standard error is 1.1 points. */
  private static final double LOW = 0.915;

  private static final double HIGH = 0.985;

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
  void coversAMean() {
    assertThat(coverage(0.5, random -> mean(random.doubles(60).toArray()))).isBetween(LOW, HIGH);
  }

  @Test
  void coversAMeanOfSkewedValues() {
    assertThat(
            coverage(1, random -> mean(random.doubles(150).map(u -> -Math.log(1 - u)).toArray())))
        .isBetween(LOW, HIGH);
  }

  @Test
  void coversARatioOfSumsSuchAsTheLoss() {
    assertThat(coverage(2, BootstrapTest::loss)).isBetween(LOW, HIGH);
  }

  @Test
  void coversAPercentile() {
    assertThat(coverage(0.9, random -> percentile90(random.doubles(150).toArray())))
        .isBetween(LOW, HIGH);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.03})
  void wilsonsIntervalCoversAShare(double share) {
    assertThat(
            coverage(
                share,
                random ->
                    Proportion.of((int) random.doubles(120).filter(u -> u < share).count(), 120)))
        .isBetween(LOW, HIGH);
  }

  /** The share of 400 simulated evaluations whose interval holds the truth. */
  private static double coverage(double truth, Function<Random, Score> evaluation) {
    Random random = new Random(11);
    int trials = 400;
    int covered = 0;
    for (int trial = 0; trial < trials; trial++) {
      Score score = evaluation.apply(random);
      covered += score.low() <= truth && truth <= score.high() ? 1 : 0;
    }
    return covered / (double) trials;
  }

  private static Score loss(Random random) {
    List<Sample> samples =
        IntStream.range(0, 80)
            .map(row -> 5 + random.nextInt(60))
            .mapToObj(tokens -> Samples.likelihood(tokens * 4 * random.nextDouble(), tokens))
            .toList();
    return new HoldoutLoss().score(samples).orElseThrow();
  }

  private static Score percentile90(double[] values) {
    return Bootstrap.score(
        values.length,
        rows ->
            NearestRank.of(
                Arrays.stream(rows).mapToDouble(r -> values[r]).sorted().toArray(), 0.9));
  }

  private static Score mean(double[] values) {
    return Bootstrap.score(
        values.length, rows -> Arrays.stream(rows).mapToDouble(r -> values[r]).average().orElse(0));
  }
}

package dev.pipeline.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final List<Finding> ONE = List.of(new Finding("rule", "text"));
  private static final List<Finding> TWO =
      List.of(new Finding("rule", "text"), new Finding("other", "text"));

  @Test
  void lossWeighsTokensNotRows() {
    List<Sample> samples = List.of(Samples.likelihood(30, 10), Samples.likelihood(30, 30));
    assertThat(value(new HoldoutLoss(), samples)).isEqualTo(60 / 40.0);
    assertThat(value(new Perplexity(), samples)).isCloseTo(Math.exp(1.5), within(1e-12));
  }

  @Test
  void lossCountsOnlyScoredRows() {
    Score score =
        new HoldoutLoss()
            .score(List.of(Samples.likelihood(4, 2), Samples.likelihood(0, 0)))
            .orElseThrow();
    assertThat(score.value()).isEqualTo(2);
    assertThat(score.n()).isEqualTo(1);
    assertThat(new HoldoutLoss().score(List.of(Samples.likelihood(0, 0)))).isEmpty();
  }

  @Test
  void likelihoodSumsLogProbabilities() {
    assertThat(Likelihood.of(new float[] {-0.5f, -0.25f})).isEqualTo(new Likelihood(0.75, 2));
  }

  @Test
  void percentilesAreNearestRanks() {
    List<Sample> ten =
        IntStream.rangeClosed(1, 10).mapToObj(i -> Samples.tokens(11 - i, true)).toList();
    assertThat(value(new LengthPercentile(50), ten)).isEqualTo(5);
    assertThat(value(new LengthPercentile(90), ten)).isEqualTo(9);
    assertThat(value(new LengthPercentile(99), ten)).isEqualTo(10);
    assertThat(value(new LengthPercentile(99), ten.subList(0, 1))).isEqualTo(10);
    assertThatThrownBy(() -> new LengthPercentile(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void countsAnswersThatEnd() {
    List<Sample> samples =
        List.of(
            Samples.tokens(1, true),
            Samples.tokens(1, true),
            Samples.tokens(1, false),
            Samples.tokens(1, true));
    assertThat(value(new EndsByItself(), samples)).isEqualTo(0.75);
  }

  @Test
  void countsAnswersNotFindings() {
    List<Sample> samples =
        List.of(
            Samples.found(TWO, List.of(), List.of()),
            Samples.found(List.of(), ONE, List.of()),
            Samples.found(ONE, TWO, List.of()),
            Samples.found(ONE, List.of(), ONE));
    assertThat(value(new StylePassRate(), samples)).isEqualTo(0.25);
    assertThat(value(new LeakRate(), samples)).isEqualTo(0.5);
    assertThat(value(new CopyRate(), samples)).isEqualTo(0.25);
  }

  @Test
  void everyMetricIsMissingWithoutSamplesAndNamedOnce() {
    assertThat(Metrics.standard()).allSatisfy(m -> assertThat(m.score(List.of())).isEmpty());
    assertThat(Metrics.standard()).extracting(m -> m.description().name()).doesNotHaveDuplicates();
  }

  @Test
  void aScoreIsANumber() {
    assertThatThrownBy(() -> new Score(Double.NaN, 0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Score(1, 2, 1, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static double value(Metric metric, List<Sample> samples) {
    return metric.score(samples).orElseThrow().value();
  }
}

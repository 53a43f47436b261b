package dev.pipeline.evaluate.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StratifiedSampleTest {
  /** 50, 30 and 20 of a hundred. */
  private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();

  @Test
  void givesEachStratumItsShare() {
    assertThat(counts(draw(30, 1))).isEqualTo(Map.of("a", 15L, "b", 9L, "c", 6L));
  }

  @Test
  void roundsByLargestRemainder() {
    // 3.5, 2.1 and 1.4 of seven: the half is rounded up.
    assertThat(counts(draw(7, 1))).isEqualTo(Map.of("a", 4L, "b", 2L, "c", 1L));
  }

  @Test
  void drawsTheSameForTheSameSeedOnly() {
    assertThat(draw(30, 5)).isEqualTo(draw(30, 5)).isNotEqualTo(draw(30, 6));
  }

  @Test
  void drawsNobodyTwiceAndAllWhenThereAreNoMore() {
    assertThat(draw(30, 2)).doesNotHaveDuplicates();
    assertThat(draw(500, 2)).containsExactlyInAnyOrderElementsOf(HUNDRED);
  }

  @Test
  void leavesTheOrderToChance() {
    assertThat(draw(100, 3)).isNotEqualTo(HUNDRED);
    double first =
        IntStream.range(0, 2_000).filter(seed -> stratum(draw(30, seed).get(0)).equals("a")).count()
            / 2_000.0;
    assertThat(first).isCloseTo(0.5, within(0.04));
  }

  @Test
  void everyRowHasTheSameChance() {
    int[] drawn = new int[100];
    for (int seed = 0; seed < 4_000; seed++) {
      draw(30, seed).forEach(row -> drawn[row]++);
    }
    // A binomial's standard deviation is 0.7 %; four of them.
    assertThat(drawn)
        .satisfies(counts -> assertThat(IntStream.of(counts).min().orElse(0)).isGreaterThan(1_084));
    assertThat(IntStream.of(drawn).max().orElse(0)).isLessThan(1_316);
  }

  private static List<Integer> draw(int size, long seed) {
    return StratifiedSample.draw(HUNDRED, StratifiedSampleTest::stratum, size, new Random(seed));
  }

  private static Map<String, Long> counts(List<Integer> drawn) {
    return drawn.stream()
        .map(StratifiedSampleTest::stratum)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private static String stratum(int row) {
    return row < 50 ? "a" : row < 80 ? "b" : "c";
  }
}

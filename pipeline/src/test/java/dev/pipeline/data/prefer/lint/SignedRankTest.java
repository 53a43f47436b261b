package dev.pipeline.data.prefer.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SignedRankTest {
  /** By hand: ranks 1.5, 1.5, 3 to 6; above zero 1.5 + 3 + 4 + 6 = 14.5 of 21. */
  @Test
  void ranksTiesAndSignsAreThoseOfTheTextbook() {
    SignedRank test = SignedRank.of(new int[] {1, -1, 2, 3, -4, 5, 0});
    assertThat(test.n()).isEqualTo(6);
    assertThat(test.effect()).isEqualTo((2 * 14.5 - 21) / 21);
    // z = (14.5 - 10.5) / sqrt(22.75 - 6 / 48) = 0.8410; two-sided normal tail
    assertThat(test.p()).isCloseTo(0.40036, within(2e-4));
  }

  @Test
  void nothingDiffersNothingLeans() {
    assertThat(SignedRank.of(new int[] {0, 0})).isEqualTo(new SignedRank(0, 0, 1));
    assertThat(SignedRank.of(new int[0])).isEqualTo(new SignedRank(0, 0, 1));
  }

  @Test
  void allOnOneSideIsTheWholeEffect() {
    int[] differences = new int[30];
    java.util.Arrays.setAll(differences, i -> -1 - i);
    SignedRank test = SignedRank.of(differences);
    assertThat(test.effect()).isEqualTo(-1);
    assertThat(test.p()).isLessThan(1e-5);
  }

  /** Under no lean, p is below 0.05 about every twentieth time. */
  @Test
  void chanceIsCalledChance() {
    SplittableRandom random = new SplittableRandom(5);
    int significant = 0;
    for (int trial = 0; trial < 2000; trial++) {
      int[] differences = random.ints(60, -20, 21).toArray();
      significant += SignedRank.of(differences).p() < 0.05 ? 1 : 0;
    }
    assertThat(significant).isBetween(70, 130);
  }
}

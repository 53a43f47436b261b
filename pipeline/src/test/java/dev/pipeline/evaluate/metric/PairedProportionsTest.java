package dev.pipeline.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedProportionsTest {
  private static final int ROWS = 65;
  private static final int TRIALS = 4000;

  @Test
  void rowsThatAllStayedGoodLeaveDoubtAllTheSame() {
    Score none = PairedProportions.difference(new double[ROWS], new double[ROWS]);
    double wilson = Proportion.of(0, ROWS).high();
    assertThat(none.value()).isZero();
    assertThat(none.low()).isCloseTo(-wilson, within(1e-12));
    assertThat(none.high()).isCloseTo(wilson, within(1e-12));
  }

  @Test
  void rowsThatGoTogetherNarrowTheInterval() {
    double[] half = new double[ROWS];
    double[] other = new double[ROWS];
    for (int row = 0; row < ROWS; row++) {
      half[row] = row % 2;
      other[row] = 1 - half[row];
    }
    assertThat(width(PairedProportions.difference(half, half))).isLessThan(0.1);
    assertThat(width(PairedProportions.difference(half, other))).isGreaterThan(0.4);
  }

  /** The share of trials whose interval holds the true difference. */
  @ParameterizedTest
  @CsvSource({"0.05, 0.02, 0.02", "0.3, 0.1, 0.2", "0.6, 0.1, 0.05", "0.9, 0.04, 0.01"})
  void holdsTheTruthAsOftenAsItSays(double both, double onlyAfter, double onlyBefore) {
    Random random = new Random(7);
    int held = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      double[] after = new double[ROWS];
      double[] before = new double[ROWS];
      for (int row = 0; row < ROWS; row++) {
        double drawn = random.nextDouble();
        boolean together = drawn < both;
        boolean gained = !together && drawn < both + onlyAfter;
        boolean lost = !together && !gained && drawn < both + onlyAfter + onlyBefore;
        after[row] = together || gained ? 1 : 0;
        before[row] = together || lost ? 1 : 0;
      }
      Score score = PairedProportions.difference(after, before);
      double truth = onlyAfter - onlyBefore;
      held += score.low() <= truth && truth <= score.high() ? 1 : 0;
    }
    assertThat((double) held / TRIALS).isBetween(0.94, 0.999);
  }

  private static double width(Score score) {
    return score.high() - score.low();
  }
}

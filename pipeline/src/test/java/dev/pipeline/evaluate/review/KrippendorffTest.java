package dev.pipeline.evaluate.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KrippendorffTest {
  /** Section C of the paper: twelve units, four observers, some of them silent. */
  private static final List<double[]> PUBLISHED =
      Stream.of(
              "111", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", "555", "11",
              "3")
          .map(unit -> unit.chars().mapToDouble(c -> c - '0').toArray())
          .toList();

  @Test
  void equalsThePublishedExample() {
    assertThat(Krippendorff.alpha(PUBLISHED, Krippendorff.NOMINAL).orElseThrow())
        .isCloseTo(0.743, within(0.0005));
    assertThat(Krippendorff.alpha(PUBLISHED, Krippendorff.INTERVAL).orElseThrow())
        .isCloseTo(0.849, within(0.0005));
  }

  @Test
  void equalsAnExampleByHand() {
    // Observed: one unit of two differs, 2 * 1 / 1 over 4 values. Expected: of 12 ordered pairs 6
    // differ. Alpha = 1 - (2 / 4) / (6 / 12) = 0.
    List<double[]> units = List.of(new double[] {0, 1}, new double[] {0, 0});
    assertThat(Krippendorff.alpha(units, Krippendorff.NOMINAL).orElseThrow())
        .isCloseTo(0, within(1e-12));
  }

  @Test
  void isOneForFullAgreementAndNothingWithoutDifferences() {
    List<double[]> agreed = List.of(new double[] {1, 1}, new double[] {5, 5, 5});
    assertThat(Krippendorff.alpha(agreed, Krippendorff.NOMINAL).orElseThrow()).isEqualTo(1);
    assertThat(Krippendorff.alpha(List.of(new double[] {1, 1}), Krippendorff.NOMINAL)).isEmpty();
    assertThat(Krippendorff.alpha(List.of(new double[] {1}), Krippendorff.NOMINAL)).isEmpty();
    assertThat(Krippendorff.alpha(List.of(), Krippendorff.INTERVAL)).isEmpty();
  }

  @Test
  void isNearZeroForReviewersWhoGuess() {
    Random random = new Random(4);
    List<double[]> units = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      units.add(random.ints(3, 1, 6).asDoubleStream().toArray());
    }
    assertThat(Krippendorff.alpha(units, Krippendorff.INTERVAL).orElseThrow())
        .isCloseTo(0, within(0.03));
  }
}

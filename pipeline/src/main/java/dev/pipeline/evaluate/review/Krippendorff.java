package dev.pipeline.evaluate.review;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;

/**
 * Krippendorff's alpha: 1 is full agreement, 0 what chance gives, below 0 worse than that. It copes
 * with any number of reviewers and with what they left open. Krippendorff, "Computing
 * Krippendorff's Alpha-Reliability" (2011).
 */
final class Krippendorff {
  /** Values that differ, differ; for names. */
  static final DoubleBinaryOperator NOMINAL = (a, b) -> a == b ? 0 : 1;

  /** Values differ by the square of their distance; for steps of equal size. */
  static final DoubleBinaryOperator INTERVAL = (a, b) -> (a - b) * (a - b);

  private Krippendorff() {}

  /**
   * Alpha over {@code units}, each holding the values that its reviewers gave, in any order.
   *
   * @param distance how much two values disagree; 0 for equal ones
   * @return nothing where no unit has two values, or all values are the same: then there is nothing
   *     to disagree about
   */
  static OptionalDouble alpha(List<double[]> units, DoubleBinaryOperator distance) {
    List<double[]> paired = units.stream().filter(values -> values.length > 1).toList();
    double[] all = paired.stream().flatMapToDouble(Arrays::stream).toArray();
    double expected = pairs(all, distance) / (all.length - 1.0);
    if (all.length == 0 || expected == 0) {
      return OptionalDouble.empty();
    }
    double observed =
        paired.stream()
            .mapToDouble(values -> pairs(values, distance) / (values.length - 1.0))
            .sum();
    return OptionalDouble.of(1 - observed / expected);
  }

  /** The distances of all ordered pairs of different positions, summed. */
  private static double pairs(double[] values, DoubleBinaryOperator distance) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      for (int j = i + 1; j < values.length; j++) {
        sum += 2 * distance.applyAsDouble(values[i], values[j]);
      }
    }
    return sum;
  }
}

package dev.pipeline.evaluate.metric;

/**
 * The difference of two shares of the same rows. Resampling rows of which none differs would leave
 * no doubt at all, however few they are; these intervals do.
 *
 * <p>Newcombe, "Improved confidence intervals for the difference between binomial proportions based
 * on paired data", Statistics in Medicine 17 (1998), 2635-2650, method 10: Wilson's intervals of
 * both shares, joined by their correlation &#966; with a continuity correction.
 */
final class PairedProportions {
  private PairedProportions() {}

  /**
   * {@code after} less {@code before} with a 95 % interval.
   *
   * @param after 0 or 1 a row
   * @param before likewise, of the same rows
   */
  static Score difference(double[] after, double[] before) {
    int rows = after.length;
    double both = 0;
    double later = 0;
    double earlier = 0;
    for (int row = 0; row < rows; row++) {
      both += after[row] * before[row];
      later += after[row];
      earlier += before[row];
    }
    Score one = Proportion.of(later, rows);
    Score two = Proportion.of(earlier, rows);
    double correlation = correlation(both, later, earlier, rows);
    double value = one.value() - two.value();
    return new Score(
        value,
        value - joined(one.value() - one.low(), two.high() - two.value(), correlation),
        value + joined(one.high() - one.value(), two.value() - two.low(), correlation),
        rows);
  }

  private static double joined(double one, double two, double correlation) {
    return Math.sqrt(Math.max(0, one * one - 2 * correlation * one * two + two * two));
  }

  private static double correlation(double both, double later, double earlier, int rows) {
    double margins = later * (rows - later) * earlier * (rows - earlier);
    if (margins == 0) {
      return 0;
    }
    double neither = rows - later - earlier + both;
    double excess = both * neither - (later - both) * (earlier - both);
    double corrected = excess > 0 ? Math.max(0, excess - rows / 2.0) : excess;
    return corrected / Math.sqrt(margins);
  }
}

package dev.pipeline.data.prefer.lint;

import java.util.Arrays;

/**
 * Whether paired differences lean to one side: the signed-rank test (Wilcoxon 1945) with the normal
 * approximation, corrected for ties, and the matched-pairs rank-biserial correlation as its effect
 * (Kerby 2014). Neither is moved by a few very large differences.
 *
 * @param n differences other than zero
 * @param effect from -1, all below zero, to 1, all above
 * @param p two-sided probability of such a lean by chance; 1 when there are no differences
 */
record SignedRank(int n, double effect, double p) {

  /** The test of {@code differences}. */
  static SignedRank of(int[] differences) {
    int[] sorted =
        Arrays.stream(differences)
            .filter(difference -> difference != 0)
            .boxed()
            .sorted((one, other) -> Integer.compare(Math.abs(one), Math.abs(other)))
            .mapToInt(Integer::intValue)
            .toArray();
    int n = sorted.length;
    if (n == 0) {
      return new SignedRank(0, 0, 1);
    }
    double positive = 0;
    double ties = 0;
    for (int start = 0; start < n; ) {
      int end = start;
      while (end < n && Math.abs(sorted[end]) == Math.abs(sorted[start])) {
        end++;
      }
      double rank = (start + 1 + end) / 2.0;
      for (int i = start; i < end; i++) {
        positive += sorted[i] > 0 ? rank : 0;
      }
      double tied = end - start;
      ties += tied * tied * tied - tied;
      start = end;
    }
    double all = n * (n + 1) / 2.0;
    double variance = n * (n + 1.0) * (2.0 * n + 1) / 24 - ties / 48;
    double z = variance > 0 ? (positive - all / 2) / Math.sqrt(variance) : 0;
    return new SignedRank(n, (2 * positive - all) / all, twoSided(z));
  }

  /** Abramowitz and Stegun, 7.1.26: the error is below 1.5e-7. */
  private static double twoSided(double z) {
    double x = Math.abs(z) / Math.sqrt(2);
    double t = 1 / (1 + 0.3275911 * x);
    double polynomial =
        t
            * (0.254829592
                + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    return Math.min(1, polynomial * Math.exp(-x * x));
  }
}

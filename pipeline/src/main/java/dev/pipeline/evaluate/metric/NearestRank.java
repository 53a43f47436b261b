package dev.pipeline.evaluate.metric;

/**
 * The nearest-rank percentile: the smallest value that at least the fraction {@code p} of all
 * values does not exceed. It is always a value that occurred.
 */
final class NearestRank {
  private NearestRank() {}

  /**
   * Percentile of ascending {@code sorted}, which must not be empty.
   *
   * @param p between 0 and 1
   */
  static double of(double[] sorted, double p) {
    int rank = (int) Math.ceil(p * sorted.length);
    return sorted[Math.max(rank, 1) - 1];
  }
}

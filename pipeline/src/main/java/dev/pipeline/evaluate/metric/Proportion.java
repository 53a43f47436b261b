package dev.pipeline.evaluate.metric;

/**
 * A share of the samples with Wilson's interval, which, unlike the bootstrap's, stays honest when
 * all or none qualify. Wilson, "Probable Inference" (1927); Brown, Cai and DasGupta (2001).
 */
public final class Proportion {
  /** The normal quantile of a two-sided 95 % interval. */
  private static final double Z = 1.959963984540054;

  private Proportion() {}

  /** The share {@code successes}, which may count halves, of {@code n}, which is at least 1. */
  public static Score of(double successes, int n) {
    double share = successes / n;
    double denominator = 1 + Z * Z / n;
    double center = (share + Z * Z / (2.0 * n)) / denominator;
    double half = Z / denominator * Math.sqrt(share * (1 - share) / n + Z * Z / (4.0 * n * n));
    double low = successes == 0 ? 0 : center - half;
    double high = successes == n ? 1 : center + half;
    return new Score(share, low, high, n);
  }
}

package dev.pipeline.evaluate.metric;

/**
 * A measured value with its uncertainty.
 *
 * @param value the metric over all samples
 * @param low lower end of the 95 % interval
 * @param high upper end of the 95 % interval
 * @param n samples it was measured on
 */
public record Score(double value, double low, double high, int n) {
  /** Refuses what cannot be compared with a bound. */
  public Score {
    if (!Double.isFinite(value) || !(low <= high) || n < 1) {
      throw new IllegalArgumentException(
          "not a score: " + value + " [" + low + ", " + high + "], n = " + n);
    }
  }
}

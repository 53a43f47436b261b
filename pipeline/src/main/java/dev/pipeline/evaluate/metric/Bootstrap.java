package dev.pipeline.evaluate.metric;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The percentile bootstrap: a 95 % interval from {@value #RESAMPLES} resamples of the rows with
 * replacement, with a fixed seed, so that the same answers always have the same interval. Efron and
 * Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13.
 */
public final class Bootstrap {
  static final int RESAMPLES = 1_000;
  private static final long SEED = 20_240_229L;

  private Bootstrap() {}

  /**
   * Scores rows {@code 0..rows-1}.
   *
   * @param statistic the metric over a multiset of row indices; never given an empty one
   */
  public static Score score(int rows, ToDoubleFunction<int[]> statistic) {
    double[] values = resampled(rows, statistic);
    double value = statistic.applyAsDouble(IntStream.range(0, rows).toArray());
    return new Score(value, NearestRank.of(values, 0.025), NearestRank.of(values, 0.975), rows);
  }

  /** The lower end of the one-sided 95 % interval: the 5th percentile. */
  public static double lowerBound(int rows, ToDoubleFunction<int[]> statistic) {
    return NearestRank.of(resampled(rows, statistic), 0.05);
  }

  /** In ascending order. */
  private static double[] resampled(int rows, ToDoubleFunction<int[]> statistic) {
    Random random = new Random(SEED);
    double[] values = new double[RESAMPLES];
    for (int resample = 0; resample < RESAMPLES; resample++) {
      values[resample] = statistic.applyAsDouble(random.ints(rows, 0, rows).toArray());
    }
    Arrays.sort(values);
    return values;
  }
}

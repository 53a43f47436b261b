package dev.pipeline.evaluate.metric;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a metric makes of any of the rows it looked at, so that it can be measured on resamples.
 * Rows have the same order for every model, which makes differences of two models paired.
 */
public final class Statistic {
  private final int rows;
  private final ToDoubleFunction<int[]> over;
  private final boolean share;

  private Statistic(int rows, ToDoubleFunction<int[]> over, boolean share) {
    this.rows = rows;
    this.over = over;
    this.share = share;
  }

  /**
   * A statistic of {@code rows} rows.
   *
   * @param over its value over a multiset of row indices; never given an empty one
   */
  public static Statistic of(int rows, ToDoubleFunction<int[]> over) {
    return new Statistic(rows, over, false);
  }

  /** The mean of one value a row. */
  public static Statistic mean(double[] values) {
    return of(values.length, rows -> meanOf(values, rows));
  }

  /** The nearest-rank percentile of one value a row; {@code p} is between 0 and 1. */
  public static Statistic percentile(double[] values, double p) {
    return of(
        values.length,
        rows ->
            NearestRank.of(
                Arrays.stream(rows).mapToDouble(row -> values[row]).sorted().toArray(), p));
  }

  /** The share of rows with a 1, which are 0 or 1; see {@link Proportion} for its interval. */
  public static Statistic share(IntStream rows) {
    double[] values = rows.asDoubleStream().toArray();
    return new Statistic(values.length, chosen -> meanOf(values, chosen), true);
  }

  /** The value over all rows with its interval, if there is any row. */
  public Optional<Score> score() {
    if (rows == 0) {
      return Optional.empty();
    }
    return Optional.of(
        share ? Proportion.of(Math.rint(whole() * rows), rows) : Bootstrap.score(rows, over));
  }

  /**
   * By how much this is more than {@code other}, from resamples in which both have the same rows,
   * for shares see {@link PairedProportions}; nothing where they do not have equally many.
   */
  public Optional<Score> minus(Statistic other) {
    if (rows == 0 || rows != other.rows) {
      return Optional.empty();
    }
    return Optional.of(
        share && other.share
            ? PairedProportions.difference(each(), other.each())
            : Bootstrap.score(
                rows, chosen -> over.applyAsDouble(chosen) - other.over.applyAsDouble(chosen)));
  }

  /**
   * How many times {@code other} this is, likewise; none is as much as none. Nothing where the
   * other is 0 over all rows.
   */
  public Optional<Score> over(Statistic other) {
    return rows == 0 || rows != other.rows || other.whole() == 0
        ? Optional.empty()
        : Optional.of(
            Bootstrap.score(
                rows,
                chosen -> times(over.applyAsDouble(chosen), other.over.applyAsDouble(chosen))));
  }

  private double[] each() {
    return IntStream.range(0, rows)
        .mapToDouble(row -> over.applyAsDouble(new int[] {row}))
        .toArray();
  }

  private static double times(double more, double less) {
    return more == less ? 1 : more / less;
  }

  private double whole() {
    return over.applyAsDouble(IntStream.range(0, rows).toArray());
  }

  private static double meanOf(double[] values, int[] rows) {
    return Arrays.stream(rows).mapToDouble(row -> values[row]).average().orElse(0);
  }
}

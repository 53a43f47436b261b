package dev.pipeline.evaluate.gate;

import dev.pipeline.evaluate.metric.Metric.Better;
import dev.pipeline.evaluate.metric.Score;
import java.util.Optional;

/**
 * By how much one score is better than another, with its 95 % interval: of {@link
 * dev.pipeline.evaluate.PairedDifferences}, where both models answered the same. Else from the two
 * scores' own intervals as though these were independent: Zou and Donner, "Construction of
 * confidence limits about effect measures" (2008); for shares it is Newcombe's (1998) method 10.
 *
 * @param value above 0 when better
 * @param low lower end of the interval
 * @param high upper end of the interval
 * @param paired whether both models answered the same items
 */
record Difference(double value, double low, double high, boolean paired) {
  /**
   * From scores of models that answered the same.
   *
   * @param more what the later one has more than the earlier one
   */
  static Difference paired(Better better, Score more) {
    return better == Better.HIGHER
        ? new Difference(more.value(), more.low(), more.high(), true)
        : new Difference(0 - more.value(), 0 - more.high(), 0 - more.low(), true);
  }

  /**
   * The same as a share of the earlier score.
   *
   * @param times how many times the earlier score the later one is
   */
  static Difference pairedShare(Better better, Score times) {
    return better == Better.HIGHER
        ? new Difference(times.value() - 1, times.low() - 1, times.high() - 1, true)
        : new Difference(1 - times.value(), 1 - times.high(), 1 - times.low(), true);
  }

  /** {@code after} against {@code before}, in the metric's unit. */
  static Difference of(Better better, Score after, Score before) {
    return better == Better.HIGHER ? minus(after, before) : minus(before, after);
  }

  /** The same as a share of {@code before}; none when a score or interval is not above 0. */
  static Optional<Difference> share(Better better, Score after, Score before) {
    if (after.low() <= 0 || before.low() <= 0) {
      return before.value() > 0
          ? Optional.of(
              new Difference(
                  of(better, after, before).value / before.value(), Double.NaN, Double.NaN, false))
          : Optional.empty();
    }
    // Of the logarithms, whose difference is the ratio's: times what before after is.
    Difference times = minus(log(after), log(before));
    double value = after.value() / before.value() - 1;
    double low = Math.expm1(times.low);
    double high = Math.expm1(times.high);
    return Optional.of(
        better == Better.HIGHER
            ? new Difference(value, low, high, false)
            : new Difference(0 - value, 0 - high, 0 - low, false));
  }

  private static Difference minus(Score more, Score less) {
    double value = more.value() - less.value();
    return new Difference(
        value,
        value - Math.hypot(more.value() - more.low(), less.high() - less.value()),
        value + Math.hypot(more.high() - more.value(), less.value() - less.low()),
        false);
  }

  private static Score log(Score score) {
    return new Score(
        Math.log(score.value()), Math.log(score.low()), Math.log(score.high()), score.n());
  }
}

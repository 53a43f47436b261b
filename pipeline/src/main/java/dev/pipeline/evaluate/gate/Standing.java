package dev.pipeline.evaluate.gate;

import dev.pipeline.evaluate.metric.Metric.Better;
import dev.pipeline.evaluate.metric.Unit;

/**
 * Where one model stands beside another, in words. Which way is better depends on the metric, so
 * that a sign could be read either way.
 *
 * @param unit of the difference
 * @param wholeInterval whether the difference is the worse end of its interval
 */
record Standing(Better better, Unit unit, boolean wholeInterval) {
  /**
   * For example "2.0 points lower" or, of an interval, "up to 2.0 points lower".
   *
   * @param gain above 0 when better
   * @param bound the gain to reach
   */
  String measured(double gain, double bound, boolean pass) {
    if (gain == 0) {
      return wholeInterval ? "the same at worst" : "the same";
    }
    String amount = unit.format(Math.abs(gain));
    boolean hidden = amount.equals(unit.format(0));
    if (hidden && pass) {
      return "about the same";
    }
    if (hidden || (!pass && amount.equals(unit.format(Math.abs(bound))))) {
      amount = unit.formatFinely(Math.abs(gain));
    }
    String ofInterval = gain > 0 ? "at least " : "up to ";
    return (wholeInterval ? ofInterval : "") + amount + " " + direction(gain > 0);
  }

  /** For example "at least 20.0 % lower", "at most 1.0 points lower" or "no lower". */
  String bound(double gain) {
    if (gain == 0) {
      return "no " + direction(false);
    }
    return (gain > 0 ? "at least " : "at most ")
        + unit.format(Math.abs(gain))
        + " "
        + direction(gain > 0);
  }

  private String direction(boolean improved) {
    return improved == (better == Better.HIGHER) ? "higher" : "lower";
  }
}

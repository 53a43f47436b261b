package dev.pipeline.evaluate.gate;

import dev.pipeline.evaluate.metric.Metric.Better;
import dev.pipeline.evaluate.metric.Unit;

/**
 * Where one model stands beside another, in words. Which way is better depends on the metric, so
 * that a sign could be read either way.
 *
 * @param unit of the difference
 * @param end of the difference's interval that is held to the bound
 */
record Standing(Better better, Unit unit, End end) {
  /**
   * For example "2.0 points lower" or, of an interval, "up to 2.0 points lower".
   *
   * @param gain above 0 when better
   * @param bound the gain to reach
   */
  String measured(double gain, double bound, boolean pass) {
    if (end == End.BETTER && gain >= 0) {
      return "within chance";
    }
    if (gain == 0) {
      return end == End.WORSE ? "the same at worst" : "the same";
    }
    String amount = unit.format(Math.abs(gain));
    boolean hidden = amount.equals(unit.format(0));
    if (hidden && pass) {
      return "about the same";
    }
    if (hidden || (!pass && amount.equals(unit.format(Math.abs(bound))))) {
      amount = unit.formatFinely(Math.abs(gain));
    }
    return ofInterval(gain) + amount + " " + direction(gain > 0);
  }

  /** For example "at least 20.0 % lower", "at most 1.0 points lower" or "no lower". */
  String bound(double gain) {
    String beyond = end == End.BETTER ? " beyond chance" : "";
    if (gain == 0) {
      return "no " + direction(false) + beyond;
    }
    return (gain > 0 ? "at least " : "at most ")
        + unit.format(Math.abs(gain))
        + " "
        + direction(gain > 0)
        + beyond;
  }

  private String ofInterval(double gain) {
    return switch (end) {
      case VALUE -> "";
      case WORSE -> gain > 0 ? "at least " : "up to ";
      case BETTER -> "at least ";
    };
  }

  private String direction(boolean improved) {
    return improved == (better == Better.HIGHER) ? "higher" : "lower";
  }
}

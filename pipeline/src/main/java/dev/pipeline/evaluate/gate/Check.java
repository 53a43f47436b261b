package dev.pipeline.evaluate.gate;

import dev.pipeline.evaluate.metric.Unit;
import org.jspecify.annotations.Nullable;

/**
 * One bound of the gate against what was measured.
 *
 * @param name stable key
 * @param label what people call it
 * @param measured null when it could not be measured, which fails
 */
public record Check(
    String name,
    String label,
    Comparison comparison,
    double bound,
    @Nullable Double measured,
    Unit unit,
    boolean pass) {

  /** How a measured value is held to a bound. */
  public enum Comparison {
    /** Not less. */
    AT_LEAST("at least"),
    /** Not more. */
    AT_MOST("at most"),
    /** Strictly less. */
    BELOW("below");

    /** Differences of fractions carry rounding errors, which are no reason to fail. */
    private static final double ROUNDING = 1e-9;

    private final String words;

    Comparison(String words) {
      this.words = words;
    }

    private boolean holds(double measured, double bound) {
      return switch (this) {
        case AT_LEAST -> measured >= bound - ROUNDING;
        case AT_MOST -> measured <= bound + ROUNDING;
        case BELOW -> measured < bound;
      };
    }
  }

  static Check of(
      String name,
      String label,
      Comparison comparison,
      double bound,
      @Nullable Double measured,
      Unit unit) {
    boolean pass = measured != null && comparison.holds(measured, bound);
    return new Check(name, label, comparison, bound, measured, unit, pass);
  }

  /** For example "at least 20.0 %". */
  public String boundText() {
    return comparison.words + " " + unit.format(bound);
  }

  /** For example "26.1 %". */
  public String measuredText() {
    if (measured == null) {
      return "not measured";
    }
    String text = unit.format(measured);
    return !pass && text.equals(unit.format(bound)) ? unit.formatFinely(measured) : text;
  }

  /** For example "hold-out loss improvement: 12.0 %, must be at least 20.0 %". */
  public String reason() {
    return label + ": " + measuredText() + ", must be " + boundText();
  }
}

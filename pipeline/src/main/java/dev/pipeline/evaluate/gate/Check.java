package dev.pipeline.evaluate.gate;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.evaluate.metric.Unit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One bound of the gate against what was measured.
 *
 * @param name stable key
 * @param label what people call it
 * @param measured null when it could not be measured, which fails
 * @param measuredText for example "26.1 %", or beside another model "2.0 points lower"
 * @param boundText for example "at least 20.0 %", or "at most 1.0 points lower"
 */
public record Check(
    String name,
    String label,
    Comparison comparison,
    double bound,
    @Nullable Double measured,
    Unit unit,
    boolean pass,
    @JsonProperty("measured_text") String measuredText,
    @JsonProperty("bound_text") String boundText) {

  private static final String NOT_MEASURED = "not measured";

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

    boolean holds(double measured, double bound) {
      return switch (this) {
        case AT_LEAST -> measured >= bound - ROUNDING;
        case AT_MOST -> measured <= bound + ROUNDING;
        case BELOW -> measured < bound;
      };
    }
  }

  /** A score of one model. */
  public Check(
      String name,
      String label,
      Comparison comparison,
      double bound,
      @Nullable Double measured,
      Unit unit,
      boolean pass) {
    this(
        name,
        label,
        comparison,
        bound,
        measured,
        unit,
        pass,
        measured == null ? NOT_MEASURED : text(unit, measured, bound, pass),
        comparison.words + " " + unit.format(bound));
  }

  /** A score held to {@code bound}. */
  static Check of(Bound bound, String label, Optional<Double> measured, Unit unit) {
    return new Check(
        bound.name(),
        label,
        bound.measure().comparison(),
        bound.value(),
        measured.orElse(null),
        unit,
        measured.filter(bound::holds).isPresent());
  }

  /** How a model stands beside another, held to {@code bound}. */
  static Check of(Bound bound, String label, Optional<Double> measured, Standing standing) {
    boolean pass = measured.filter(bound::holds).isPresent();
    Measure measure = bound.measure();
    double atLeast = measure.gain(bound.value());
    return new Check(
        bound.name(),
        label,
        measure.comparison(),
        bound.value(),
        measured.orElse(null),
        standing.unit(),
        pass,
        measured
            .map(value -> standing.measured(measure.gain(value), atLeast, pass))
            .orElse(NOT_MEASURED),
        standing.bound(atLeast));
  }

  private static String text(Unit unit, double measured, double bound, boolean pass) {
    String text = unit.format(measured);
    return !pass && text.equals(unit.format(bound)) ? unit.formatFinely(measured) : text;
  }

  /** For example "Task success against release 3: 2.0 points lower, must be no lower". */
  public String reason() {
    return label + ": " + measuredText() + ", must be " + boundText();
  }
}

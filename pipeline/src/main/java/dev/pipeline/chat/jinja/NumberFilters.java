package dev.pipeline.chat.jinja;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** Filters of numbers. */
final class NumberFilters {
  static final Map<String, Filter> ALL =
      Map.of(
          "abs", (scope, value, with) -> absolute(value),
          "int", (scope, value, with) -> whole(value, with.whole(0, "default", 0), scope.work()),
          "float", (scope, value, with) -> real(value, with.get(0, "default", 0.0), scope.work()),
          "round", (scope, value, with) -> round(value, with, scope.work()));

  private static final long MOST_DIGITS = 300;

  /** Exact decimals are up to so many digits long, and are gone over several times. */
  private static final long ROUNDING = 2000;

  private NumberFilters() {}

  private static Object absolute(Object value) {
    return value instanceof Long whole
        ? (Object) Math.abs(whole)
        : (Object) Math.abs(Values.number(value));
  }

  private static Object whole(Object value, long absent, Work work) {
    if (Values.isNumber(value)) {
      return (long) Values.number(value);
    }
    Object real = real(value, (double) absent, work);
    return real instanceof Double number ? (Object) number.longValue() : real;
  }

  private static Object real(Object value, Object absent, Work work) {
    if (Values.isNumber(value)) {
      return Values.number(value);
    }
    if (!(value instanceof String text)) {
      return absent;
    }
    work.text(text.length());
    try {
      return Double.valueOf(PythonText.strip(text));
    } catch (NumberFormatException e) {
      return absent;
    }
  }

  private static Object round(Object value, Arguments with, Work work) {
    long digits = with.whole(0, "precision", 0);
    String method = Values.text(with.get(1, "method", "common"), work);
    if (Math.abs(digits) > MOST_DIGITS) {
      throw new JinjaException("it rounds to " + digits + " digits");
    }
    double number = Values.number(value);
    if (!Double.isFinite(number)) {
      return number;
    }
    work.passes(ROUNDING);
    RoundingMode mode =
        switch (method) {
          case "ceil" -> RoundingMode.CEILING;
          case "floor" -> RoundingMode.FLOOR;
          default -> RoundingMode.HALF_EVEN;
        };
    return new BigDecimal(number).setScale((int) digits, mode).doubleValue();
  }
}

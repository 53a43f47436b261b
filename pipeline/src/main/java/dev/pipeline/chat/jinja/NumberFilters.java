package dev.pipeline.chat.jinja;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** Filters of numbers. */
final class NumberFilters {
  static final Map<String, Filter> ALL =
      Map.of(
          "abs", (scope, value, with) -> absolute(value),
          "int", (scope, value, with) -> whole(value, with.whole(0, "default", 0)),
          "float", (scope, value, with) -> real(value, with.get(0, "default", 0.0)),
          "round", (scope, value, with) -> round(value, with));

  private static final long MOST_DIGITS = 300;

  private NumberFilters() {}

  private static Object absolute(Object value) {
    return value instanceof Long whole
        ? (Object) Math.abs(whole)
        : (Object) Math.abs(Values.number(value));
  }

  private static Object whole(Object value, long absent) {
    if (Values.isNumber(value)) {
      return (long) Values.number(value);
    }
    Object real = real(value, (double) absent);
    return real instanceof Double number ? (Object) number.longValue() : real;
  }

  private static Object real(Object value, Object absent) {
    if (Values.isNumber(value)) {
      return Values.number(value);
    }
    try {
      return value instanceof String text
          ? (Object) Double.valueOf(PythonText.strip(text))
          : absent;
    } catch (NumberFormatException e) {
      return absent;
    }
  }

  private static Object round(Object value, Arguments with) {
    long digits = with.whole(0, "precision", 0);
    String method = Values.text(with.get(1, "method", "common"));
    if (Math.abs(digits) > MOST_DIGITS) {
      throw new JinjaException("it rounds to " + digits + " digits");
    }
    RoundingMode mode =
        switch (method) {
          case "ceil" -> RoundingMode.CEILING;
          case "floor" -> RoundingMode.FLOOR;
          default -> RoundingMode.HALF_EVEN;
        };
    return new BigDecimal(Values.number(value)).setScale((int) digits, mode).doubleValue();
  }
}

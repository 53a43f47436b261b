package dev.pipeline.chat.jinja;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;

/** The tests, by name. */
final class Tests {
  private static final Map<String, Test> ALL =
      Map.ofEntries(
          Map.entry("defined", (value, with, work) -> !(value instanceof Undefined)),
          Map.entry("undefined", (value, with, work) -> value instanceof Undefined),
          Map.entry("none", (value, with, work) -> value == None.NONE),
          Map.entry("string", (value, with, work) -> value instanceof String),
          Map.entry("mapping", (value, with, work) -> value instanceof Map),
          Map.entry("sequence", (value, with, work) -> isSequence(value)),
          Map.entry(
              "iterable", (value, with, work) -> isSequence(value) || value instanceof Undefined),
          Map.entry("boolean", (value, with, work) -> value instanceof Boolean),
          Map.entry("true", (value, with, work) -> value.equals(true)),
          Map.entry("false", (value, with, work) -> value.equals(false)),
          Map.entry("number", (value, with, work) -> Values.isNumber(value)),
          Map.entry("integer", (value, with, work) -> value instanceof Long),
          Map.entry("float", (value, with, work) -> value instanceof Double),
          Map.entry("callable", (value, with, work) -> value instanceof Callable),
          Map.entry(
              "odd", (value, with, work) -> Math.floorMod(Values.requireWhole(value), 2L) == 1),
          Map.entry(
              "even", (value, with, work) -> Math.floorMod(Values.requireWhole(value), 2L) == 0),
          Map.entry("divisibleby", Tests::divides),
          Map.entry("in", (value, with, work) -> Values.contains(with.get(0, "seq"), value, work)),
          Map.entry(
              "sameas", (value, with, work) -> Values.equal(value, with.get(0, "other"), work)),
          Map.entry("lower", (value, with, work) -> isCased(value, Character::isLowerCase, work)),
          Map.entry("upper", (value, with, work) -> isCased(value, Character::isUpperCase, work)),
          Map.entry("eq", (value, with, work) -> Values.equal(value, with.get(0, "b"), work)),
          Map.entry("ne", (value, with, work) -> !Values.equal(value, with.get(0, "b"), work)),
          Map.entry("lt", (value, with, work) -> Values.compare(value, with.get(0, "b"), work) < 0),
          Map.entry(
              "le", (value, with, work) -> Values.compare(value, with.get(0, "b"), work) <= 0),
          Map.entry("gt", (value, with, work) -> Values.compare(value, with.get(0, "b"), work) > 0),
          Map.entry(
              "ge", (value, with, work) -> Values.compare(value, with.get(0, "b"), work) >= 0));

  private static final Map<String, String> OTHER_NAMES =
      Map.of("equalto", "eq", "greaterthan", "gt", "lessthan", "lt");

  private Tests() {}

  static Test named(String name) {
    Test test = ALL.get(OTHER_NAMES.getOrDefault(name, name));
    if (test == null) {
      throw new JinjaException("it knows no test '" + name + "'");
    }
    return test;
  }

  private static boolean isSequence(Object value) {
    return value instanceof String || value instanceof List || value instanceof Map;
  }

  private static boolean divides(Object value, Arguments with, Work work) {
    long divisor = with.whole(0, "num", 0);
    return divisor != 0 && Values.requireWhole(value) % divisor == 0;
  }

  private static boolean isCased(Object value, IntPredicate cased, Work work) {
    String text = Values.text(value, work);
    work.passes(text.length());
    return text.codePoints().anyMatch(cased)
        && text.equals(
            cased.test('a') ? text.toLowerCase(Locale.ROOT) : text.toUpperCase(Locale.ROOT));
  }
}

package dev.pipeline.chat.jinja;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;

/** The tests, by name. */
final class Tests {
  private static final Map<String, Test> ALL =
      Map.ofEntries(
          Map.entry("defined", (value, with) -> !(value instanceof Undefined)),
          Map.entry("undefined", (value, with) -> value instanceof Undefined),
          Map.entry("none", (value, with) -> value == None.NONE),
          Map.entry("string", (value, with) -> value instanceof String),
          Map.entry("mapping", (value, with) -> value instanceof Map),
          Map.entry("sequence", (value, with) -> isSequence(value)),
          Map.entry("iterable", (value, with) -> isSequence(value) || value instanceof Undefined),
          Map.entry("boolean", (value, with) -> value instanceof Boolean),
          Map.entry("true", (value, with) -> value.equals(true)),
          Map.entry("false", (value, with) -> value.equals(false)),
          Map.entry("number", (value, with) -> Values.isNumber(value)),
          Map.entry("integer", (value, with) -> value instanceof Long),
          Map.entry("float", (value, with) -> value instanceof Double),
          Map.entry("callable", (value, with) -> value instanceof Callable),
          Map.entry("odd", (value, with) -> Math.floorMod(Values.requireWhole(value), 2L) == 1),
          Map.entry("even", (value, with) -> Math.floorMod(Values.requireWhole(value), 2L) == 0),
          Map.entry("divisibleby", Tests::divides),
          Map.entry("in", (value, with) -> Values.contains(with.get(0, "seq"), value, new Work())),
          Map.entry("sameas", (value, with) -> Values.equal(value, with.get(0, "other"))),
          Map.entry("lower", (value, with) -> isCased(value, Character::isLowerCase)),
          Map.entry("upper", (value, with) -> isCased(value, Character::isUpperCase)),
          Map.entry("eq", (value, with) -> Values.equal(value, with.get(0, "b"))),
          Map.entry("ne", (value, with) -> !Values.equal(value, with.get(0, "b"))),
          Map.entry("lt", (value, with) -> Values.compare(value, with.get(0, "b")) < 0),
          Map.entry("le", (value, with) -> Values.compare(value, with.get(0, "b")) <= 0),
          Map.entry("gt", (value, with) -> Values.compare(value, with.get(0, "b")) > 0),
          Map.entry("ge", (value, with) -> Values.compare(value, with.get(0, "b")) >= 0));

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

  private static boolean divides(Object value, Arguments with) {
    long divisor = with.whole(0, "num", 0);
    return divisor != 0 && Values.requireWhole(value) % divisor == 0;
  }

  private static boolean isCased(Object value, IntPredicate cased) {
    String text = Values.text(value);
    return text.codePoints().anyMatch(cased)
        && text.equals(
            cased.test('a') ? text.toLowerCase(Locale.ROOT) : text.toUpperCase(Locale.ROOT));
  }
}

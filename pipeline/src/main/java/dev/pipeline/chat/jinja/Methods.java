package dev.pipeline.chat.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods of texts, maps and lists that change nothing, as Python has them. */
final class Methods {
  private interface OfText {
    Object call(String text, Arguments with, Work work);
  }

  private static final Map<String, OfText> TEXT =
      Map.ofEntries(
          Map.entry("strip", (text, with, work) -> strip(text, with, work, true, true)),
          Map.entry("lstrip", (text, with, work) -> strip(text, with, work, true, false)),
          Map.entry("rstrip", (text, with, work) -> strip(text, with, work, false, true)),
          Map.entry("split", (text, with, work) -> split(text, with, work)),
          Map.entry(
              "splitlines",
              (text, with, work) ->
                  new ArrayList<Object>(text.lines().peek(line -> work.step()).toList())),
          Map.entry("startswith", (text, with, work) -> any(with, text::startsWith, work)),
          Map.entry("endswith", (text, with, work) -> any(with, text::endsWith, work)),
          Map.entry("upper", (text, with, work) -> text.toUpperCase(Locale.ROOT)),
          Map.entry("lower", (text, with, work) -> text.toLowerCase(Locale.ROOT)),
          Map.entry("title", (text, with, work) -> PythonText.title(text)),
          Map.entry("capitalize", (text, with, work) -> PythonText.capitalise(text)),
          Map.entry("removeprefix", (text, with, work) -> unprefixed(text, with.text(0, "prefix"))),
          Map.entry("removesuffix", (text, with, work) -> unsuffixed(text, with.text(0, "suffix"))),
          Map.entry(
              "find", (text, with, work) -> place(text, text.indexOf(sought(text, with, work)))),
          Map.entry(
              "rfind",
              (text, with, work) -> place(text, text.lastIndexOf(sought(text, with, work)))),
          Map.entry(
              "count",
              (text, with, work) -> (long) split(text, with.text(0, "sub"), -1, work).size() - 1),
          Map.entry(
              "isdigit",
              (text, with, work) ->
                  !text.isEmpty() && text.codePoints().allMatch(Character::isDigit)),
          Map.entry(
              "isalpha",
              (text, with, work) ->
                  !text.isEmpty() && text.codePoints().allMatch(Character::isLetter)),
          Map.entry(
              "join",
              (text, with, work) ->
                  Filters.named("join")
                      .apply(
                          Scope.root(work),
                          with.get(0, "iterable"),
                          new Arguments(List.of(text), Map.of()))),
          Map.entry(
              "replace",
              (text, with, work) ->
                  replace(
                      text,
                      with.text(0, "old"),
                      with.text(1, "new"),
                      with.whole(2, "count", -1),
                      work)));

  private Methods() {}

  /** The method, or null when {@code object} has none of that name. */
  static @Nullable Callable of(Object object, String name) {
    if (object instanceof String text) {
      OfText method = TEXT.get(name);
      return method == null
          ? null
          : (scope, with) -> {
            scope.work().text(text.length());
            return method.call(text, with, scope.work());
          };
    }
    if (object instanceof Map<?, ?> map) {
      return switch (name) {
        case "items" -> (scope, with) -> pairs(map, scope.work());
        case "keys" -> (scope, with) -> Values.items(map, scope.work());
        case "values" -> (scope, with) -> Values.items(new ArrayList<>(map.values()), scope.work());
        case "get" ->
            (scope, with) -> {
              Object value = map.get(Values.requireKey(with.get(0, "key"), scope.work()));
              return value == null ? with.get(1, "default", None.NONE) : value;
            };
        default -> null;
      };
    }
    return object instanceof List<?> list && name.equals("count")
        ? (scope, with) ->
            list.stream()
                .filter(item -> Values.equal(item, with.get(0, "value"), scope.work()))
                .count()
        : null;
  }

  /** Keys with their values, two to a list. */
  static List<Object> pairs(Object value, Work work) {
    if (value instanceof Undefined) {
      return List.of();
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new JinjaException("it takes the entries of " + Values.kind(value));
    }
    work.items(map.size());
    List<Object> pairs = new ArrayList<>();
    map.forEach((key, item) -> pairs.add(List.of(key, item)));
    return pairs;
  }

  private static String strip(String text, Arguments with, Work work, boolean start, boolean end) {
    Object letters = with.get(0, "chars", None.NONE);
    countStripping(text, letters, work);
    String ended = text;
    if (letters instanceof String some) {
      ended = end ? PythonText.stripEnd(text, some) : text;
      return start ? PythonText.stripStart(ended, some) : ended;
    }
    ended = end ? PythonText.stripEnd(text) : text;
    return start ? PythonText.stripStart(ended) : ended;
  }

  /** Each letter of {@code text} may be compared with each of {@code letters}. */
  static void countStripping(String text, Object letters, Work work) {
    if (letters instanceof String some) {
      work.passes((long) text.length() * some.length());
    }
  }

  private static String sought(String text, Arguments with, Work work) {
    String sought = with.text(0, "sub");
    work.search(text, sought);
    return sought;
  }

  private static Object split(String text, Arguments with, Work work) {
    Object separator = with.get(0, "sep", None.NONE);
    return separator == None.NONE
        ? words(text, work)
        : split(text, Values.requireText(separator), with.whole(1, "maxsplit", -1), work);
  }

  /** Without a separator, at white space, of which none is left. */
  static List<Object> words(String text, Work work) {
    List<Object> words = new ArrayList<>();
    String rest = PythonText.stripStart(text);
    int start = 0;
    for (int i = 0; i <= rest.length(); i++) {
      boolean ends = i == rest.length() || PythonText.isSpace(rest.charAt(i));
      if (ends && i > start) {
        work.step();
        words.add(rest.substring(start, i));
      }
      start = ends ? i + 1 : start;
    }
    return words;
  }

  private static List<Object> split(String text, String separator, long most, Work work) {
    if (separator.isEmpty()) {
      throw new JinjaException("it splits a text at nothing");
    }
    work.search(text, separator);
    List<Object> parts = new ArrayList<>();
    int start = 0;
    int end = text.indexOf(separator);
    while (end >= 0 && (most < 0 || parts.size() < most)) {
      work.step();
      parts.add(text.substring(start, end));
      start = end + separator.length();
      end = text.indexOf(separator, start);
    }
    parts.add(text.substring(start));
    return parts;
  }

  static String replace(String text, String old, String replacement, long most, Work work) {
    if (old.isEmpty()) {
      throw new JinjaException("it replaces nothing by something");
    }
    List<Object> parts = split(text, old, most, work);
    work.text(text.length() + (long) parts.size() * replacement.length());
    return String.join(replacement, parts.stream().map(Values::requireText).toList());
  }

  private static boolean any(
      Arguments with, java.util.function.Predicate<String> holds, Work work) {
    return with.get(0, "prefix") instanceof List<?> several
        ? several.stream()
            .peek(one -> work.step())
            .anyMatch(one -> holds.test(Values.requireText(one)))
        : holds.test(with.text(0, "prefix"));
  }

  private static String unprefixed(String text, String prefix) {
    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
  }

  private static String unsuffixed(String text, String suffix) {
    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
  }

  private static long place(String text, int index) {
    return index < 0 ? -1 : text.codePointCount(0, index);
  }
}

package dev.pipeline.chat.jinja;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Filters that make texts. */
final class TextFilters {
  static final Map<String, Filter> ALL =
      Map.ofEntries(
          Map.entry("string", (scope, value, with) -> Values.text(value, scope.work())),
          Map.entry("safe", (scope, value, with) -> Values.text(value, scope.work())),
          Map.entry("trim", TextFilters::trim),
          Map.entry(
              "upper",
              (scope, value, with) -> Values.text(value, scope.work()).toUpperCase(Locale.ROOT)),
          Map.entry(
              "lower",
              (scope, value, with) -> Values.text(value, scope.work()).toLowerCase(Locale.ROOT)),
          Map.entry(
              "title", (scope, value, with) -> PythonText.title(Values.text(value, scope.work()))),
          Map.entry(
              "capitalize",
              (scope, value, with) -> PythonText.capitalise(Values.text(value, scope.work()))),
          Map.entry("replace", TextFilters::replace),
          Map.entry("indent", TextFilters::indent),
          Map.entry("tojson", TextFilters::json),
          Map.entry(
              "wordcount",
              (scope, value, with) ->
                  (long) Methods.words(Values.text(value, scope.work()), scope.work()).size()));

  private static final int WIDEST = 100;

  private TextFilters() {}

  private static Object trim(Scope scope, Object value, Arguments with) {
    String text = Values.text(value, scope.work());
    scope.work().text(text.length());
    Object letters = with.get(0, "chars", None.NONE);
    Methods.countStripping(text, letters, scope.work());
    return letters instanceof String some
        ? PythonText.stripStart(PythonText.stripEnd(text, some), some)
        : PythonText.strip(text);
  }

  private static Object replace(Scope scope, Object value, Arguments with) {
    return Methods.replace(
        Values.text(value, scope.work()),
        with.text(0, "old"),
        with.text(1, "new"),
        with.whole(2, "count", -1),
        scope.work());
  }

  private static Object indent(Scope scope, Object value, Arguments with) {
    Object width = with.get(0, "width", 4L);
    String start =
        width instanceof String text ? text : " ".repeat(width(Values.requireWhole(width)));
    boolean first = Values.isTrue(with.get(1, "first", false));
    boolean blank = Values.isTrue(with.get(2, "blank", false));
    String text = Values.text(value, scope.work());
    scope.work().text((long) text.length() * (1 + start.length()));
    String indented =
        text.lines()
            .map(line -> line.isEmpty() && !blank ? line : start + line)
            .collect(Collectors.joining("\n"));
    String result = text.endsWith("\n") ? indented + "\n" : indented;
    return first || !result.startsWith(start) ? result : result.substring(start.length());
  }

  private static Object json(Scope scope, Object value, Arguments with) {
    Object indent = with.get(0, "indent", None.NONE);
    int width = indent == None.NONE ? -1 : width(Values.requireWhole(indent));
    String json = Literals.json(value, width, scope.work());
    scope.work().text(json.length());
    return json;
  }

  private static int width(long spaces) {
    if (spaces < 0 || spaces > WIDEST) {
      throw new JinjaException("it indents by " + spaces);
    }
    return (int) spaces;
  }
}

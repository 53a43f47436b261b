package dev.pipeline.chat.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Filters of lists, and those that take any value. */
final class ListFilters {
  static final Map<String, Filter> ALL =
      Map.ofEntries(
          Map.entry("length", (scope, value, with) -> Values.length(value)),
          Map.entry("count", (scope, value, with) -> Values.length(value)),
          Map.entry("list", (scope, value, with) -> Values.items(value, scope.work())),
          Map.entry("first", (scope, value, with) -> end(Values.items(value, scope.work()), true)),
          Map.entry("last", (scope, value, with) -> end(Values.items(value, scope.work()), false)),
          Map.entry("join", ListFilters::join),
          Map.entry("reverse", ListFilters::reverse),
          Map.entry("sort", ListFilters::sort),
          Map.entry("unique", ListFilters::unique),
          Map.entry(
              "min",
              (scope, value, with) ->
                  Collections.min(Values.items(value, scope.work()), Values::compare)),
          Map.entry(
              "max",
              (scope, value, with) ->
                  Collections.max(Values.items(value, scope.work()), Values::compare)),
          Map.entry("sum", ListFilters::sum),
          Map.entry("items", (scope, value, with) -> Methods.pairs(value)),
          Map.entry("dictsort", ListFilters::sortedPairs),
          Map.entry("default", ListFilters::orElse),
          Map.entry("d", ListFilters::orElse),
          Map.entry("map", ListFilters::map),
          Map.entry("select", (scope, value, with) -> chosen(scope, value, with, false, true)),
          Map.entry("reject", (scope, value, with) -> chosen(scope, value, with, false, false)),
          Map.entry("selectattr", (scope, value, with) -> chosen(scope, value, with, true, true)),
          Map.entry("rejectattr", (scope, value, with) -> chosen(scope, value, with, true, false)));

  private ListFilters() {}

  private static Object end(List<Object> items, boolean first) {
    return items.isEmpty()
        ? new Undefined("an item of an empty list")
        : items.get(first ? 0 : items.size() - 1);
  }

  private static Object join(Scope scope, Object value, Arguments with) {
    String between = Values.text(with.get(0, "d", ""));
    Object path = with.get(1, "attribute", None.NONE);
    List<Object> items = Values.items(value, scope.work());
    List<String> texts =
        items.stream()
            .map(item -> Values.text(path == None.NONE ? item : Access.path(item, path)))
            .toList();
    scope
        .work()
        .text(texts.stream().mapToLong(text -> text.length() + (long) between.length()).sum());
    return String.join(between, texts);
  }

  private static Object reverse(Scope scope, Object value, Arguments with) {
    if (value instanceof String text) {
      return new StringBuilder(text).reverse().toString();
    }
    List<Object> items = Values.items(value, scope.work());
    Collections.reverse(items);
    return items;
  }

  /** Texts sort and compare without regard to case unless told otherwise. */
  private static Object folded(Object value, boolean cased) {
    return value instanceof String text && !cased ? text.toLowerCase(Locale.ROOT) : value;
  }

  private static Object sort(Scope scope, Object value, Arguments with) {
    boolean cased = Values.isTrue(with.get(1, "case_sensitive", false));
    Object path = with.get(2, "attribute", None.NONE);
    Comparator<Object> order =
        Comparator.comparing(
            item -> folded(path == None.NONE ? item : Access.path(item, path), cased),
            Values::compare);
    List<Object> items = Values.items(value, scope.work());
    items.sort(Values.isTrue(with.get(0, "reverse", false)) ? order.reversed() : order);
    return items;
  }

  private static Object unique(Scope scope, Object value, Arguments with) {
    boolean cased = Values.isTrue(with.get(0, "case_sensitive", false));
    return new ArrayList<>(
        Values.items(value, scope.work()).stream()
            .collect(
                Collectors.toMap(
                    item -> Values.requireKey(folded(item, cased)),
                    item -> item,
                    (one, other) -> one,
                    java.util.LinkedHashMap::new))
            .values());
  }

  private static Object sum(Scope scope, Object value, Arguments with) {
    Object path = with.get(0, "attribute", None.NONE);
    Object sum = with.get(1, "start", 0L);
    for (Object item : Values.items(value, scope.work())) {
      sum =
          Arithmetic.compute(
              "+", sum, path == None.NONE ? item : Access.path(item, path), scope.work());
    }
    return sum;
  }

  private static Object sortedPairs(Scope scope, Object value, Arguments with) {
    boolean cased = Values.isTrue(with.get(0, "case_sensitive", false));
    int by = with.get(1, "by", "key").equals("value") ? 1 : 0;
    List<Object> pairs = new ArrayList<>(Methods.pairs(value));
    Comparator<Object> order =
        Comparator.comparing(pair -> folded(((List<?>) pair).get(by), cased), Values::compare);
    pairs.sort(Values.isTrue(with.get(2, "reverse", false)) ? order.reversed() : order);
    return pairs;
  }

  private static Object orElse(Scope scope, Object value, Arguments with) {
    boolean falseToo = Values.isTrue(with.get(1, "boolean", false));
    boolean absent = value instanceof Undefined || (falseToo && !Values.isTrue(value));
    return absent ? with.get(0, "default_value", "") : value;
  }

  private static Object map(Scope scope, Object value, Arguments with) {
    List<Object> items = Values.items(value, scope.work());
    if (with.names().containsKey("attribute")) {
      Object path = with.get(0, "attribute");
      Object absent = with.names().getOrDefault("default", new Undefined(Values.text(path)));
      items.replaceAll(
          item -> {
            Object part = Access.path(item, path);
            return part instanceof Undefined ? absent : part;
          });
    } else {
      Filter filter = Filters.named(with.text(0, "filter"));
      items.replaceAll(item -> filter.apply(scope, item, with.after(1)));
    }
    return items;
  }

  private static Object chosen(
      Scope scope, Object value, Arguments with, boolean byPart, boolean wanted) {
    Arguments rest = byPart ? with.after(1) : with;
    Test test =
        rest.places().isEmpty()
            ? (item, none) -> Values.isTrue(item)
            : Tests.named(rest.text(0, "test"));
    return new ArrayList<>(
        Values.items(value, scope.work()).stream()
            .filter(
                item ->
                    wanted
                        == test.holds(
                            byPart ? Access.path(item, with.get(0, "attribute")) : item,
                            rest.after(1)))
            .toList());
  }
}

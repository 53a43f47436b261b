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
          Map.entry("length", (scope, value, with) -> Values.length(value, scope.work())),
          Map.entry("count", (scope, value, with) -> Values.length(value, scope.work())),
          Map.entry("list", (scope, value, with) -> Values.items(value, scope.work())),
          Map.entry("first", (scope, value, with) -> end(Values.items(value, scope.work()), true)),
          Map.entry("last", (scope, value, with) -> end(Values.items(value, scope.work()), false)),
          Map.entry("join", ListFilters::join),
          Map.entry("reverse", ListFilters::reverse),
          Map.entry("sort", ListFilters::sort),
          Map.entry("unique", ListFilters::unique),
          Map.entry("min", (scope, value, with) -> best(scope, value, Collections::min)),
          Map.entry("max", (scope, value, with) -> best(scope, value, Collections::max)),
          Map.entry("sum", ListFilters::sum),
          Map.entry("items", (scope, value, with) -> Methods.pairs(value, scope.work())),
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

  private interface Choice {
    Object of(List<Object> items, Comparator<Object> order);
  }

  private static Object best(Scope scope, Object value, Choice choice) {
    List<Object> items = Values.items(value, scope.work());
    return items.isEmpty()
        ? new Undefined("an item of an empty list")
        : choice.of(items, (one, other) -> Values.compare(one, other, scope.work()));
  }

  private static Object join(Scope scope, Object value, Arguments with) {
    String between = Values.text(with.get(0, "d", ""), scope.work());
    Object path = with.get(1, "attribute", None.NONE);
    List<Object> items = Values.items(value, scope.work());
    List<String> texts =
        items.stream().map(item -> Values.text(part(item, path, scope), scope.work())).toList();
    scope
        .work()
        .text(texts.stream().mapToLong(text -> text.length() + (long) between.length()).sum());
    return String.join(between, texts);
  }

  private static Object reverse(Scope scope, Object value, Arguments with) {
    if (value instanceof String text) {
      scope.work().text(text.length());
      return new StringBuilder(text).reverse().toString();
    }
    List<Object> items = Values.items(value, scope.work());
    Collections.reverse(items);
    return items;
  }

  /** Texts sort and compare without regard to case unless told otherwise. */
  private static Object folded(Object value, boolean cased, Scope scope) {
    if (!(value instanceof String text) || cased) {
      return value;
    }
    scope.work().passes(text.length());
    return text.toLowerCase(Locale.ROOT);
  }

  private static Object part(Object item, Object path, Scope scope) {
    return path == None.NONE ? item : Access.path(item, path, scope.work());
  }

  private static Object sort(Scope scope, Object value, Arguments with) {
    boolean cased = Values.isTrue(with.get(1, "case_sensitive", false));
    Object path = with.get(2, "attribute", None.NONE);
    Comparator<Object> order =
        Comparator.comparing(
            item -> folded(part(item, path, scope), cased, scope),
            (one, other) -> Values.compare(one, other, scope.work()));
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
                    item -> Values.requireKey(folded(item, cased, scope), scope.work()),
                    item -> item,
                    (one, other) -> one,
                    java.util.LinkedHashMap::new))
            .values());
  }

  private static Object sum(Scope scope, Object value, Arguments with) {
    Object path = with.get(0, "attribute", None.NONE);
    Object sum = with.get(1, "start", 0L);
    for (Object item : Values.items(value, scope.work())) {
      sum = Arithmetic.compute("+", sum, part(item, path, scope), scope.work());
    }
    return sum;
  }

  private static Object sortedPairs(Scope scope, Object value, Arguments with) {
    boolean cased = Values.isTrue(with.get(0, "case_sensitive", false));
    int by = with.get(1, "by", "key").equals("value") ? 1 : 0;
    List<Object> pairs = new ArrayList<>(Methods.pairs(value, scope.work()));
    Comparator<Object> order =
        Comparator.comparing(
            pair -> folded(((List<?>) pair).get(by), cased, scope),
            (one, other) -> Values.compare(one, other, scope.work()));
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
      Object absent =
          with.names().getOrDefault("default", new Undefined(Values.text(path, scope.work())));
      items.replaceAll(
          item -> {
            Object part = Access.path(item, path, scope.work());
            return part instanceof Undefined ? absent : part;
          });
    } else {
      Filter filter = Filters.named(with.text(0, "filter"));
      items.replaceAll(item -> scope.work().made(filter.apply(scope, item, with.after(1))));
    }
    return items;
  }

  private static Object chosen(
      Scope scope, Object value, Arguments with, boolean byPart, boolean wanted) {
    Arguments rest = byPart ? with.after(1) : with;
    Test test =
        rest.places().isEmpty()
            ? (item, none, work) -> Values.isTrue(item)
            : Tests.named(rest.text(0, "test"));
    return new ArrayList<>(
        Values.items(value, scope.work()).stream()
            .filter(
                item ->
                    wanted
                        == test.holds(
                            byPart
                                ? Access.path(item, with.get(0, "attribute"), scope.work())
                                : item,
                            rest.after(1),
                            scope.work()))
            .toList());
  }
}

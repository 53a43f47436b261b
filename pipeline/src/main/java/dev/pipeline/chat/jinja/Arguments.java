package dev.pipeline.chat.jinja;

import java.util.List;
import java.util.Map;

/** What a call hands over, by place and by name. */
record Arguments(List<Object> places, Map<String, Object> names) {
  static final Arguments NONE = new Arguments(List.of(), Map.of());

  boolean has(int place, String name) {
    return place < places.size() || names.containsKey(name);
  }

  Object get(int place, String name, Object absent) {
    return place < places.size() ? places.get(place) : names.getOrDefault(name, absent);
  }

  Object get(int place, String name) {
    Object value = get(place, name, new Undefined(name));
    if (value instanceof Undefined) {
      throw new JinjaException("a call lacks the argument " + name);
    }
    return value;
  }

  String text(int place, String name) {
    return Values.requireText(get(place, name));
  }

  long whole(int place, String name, long absent) {
    Object value = get(place, name, absent);
    return value == None.NONE ? absent : Values.requireWhole(value);
  }

  /** The arguments after the first {@code count} by place. */
  Arguments after(int count) {
    return new Arguments(places.subList(Math.min(count, places.size()), places.size()), names);
  }
}

package dev.pipeline.chat.jinja;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The arguments of a call as written. */
record Call(List<Expression> places, Map<String, Expression> names) {
  static final Call EMPTY = new Call(List.of(), Map.of());

  Arguments evaluate(Scope scope) {
    Map<String, Object> named = new LinkedHashMap<>();
    names.forEach((name, value) -> named.put(name, value.evaluate(scope)));
    return new Arguments(places.stream().map(place -> place.evaluate(scope)).toList(), named);
  }
}

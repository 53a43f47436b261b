package dev.pipeline.plan;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Parts of payloads that others may have written. */
final class Payloads {
  private Payloads() {}

  static Map<String, Object> map(Note note, String key) {
    Map<String, Object> copy = new TreeMap<>();
    if (note.payload().get(key) instanceof Map<?, ?> map) {
      map.forEach((name, value) -> copy.put(String.valueOf(name), value));
    }
    return copy;
  }

  static List<String> texts(Note note, String key) {
    return note.payload().get(key) instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }
}

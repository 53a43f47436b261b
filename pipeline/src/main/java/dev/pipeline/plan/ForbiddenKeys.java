package dev.pipeline.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Metadata that plan memory never stores, because every agent can read it: mail bodies and internal
 * reasoning. A key is forbidden when it contains one of the words, at any depth.
 */
final class ForbiddenKeys {
  private static final Set<String> WORDS =
      Set.of(
          "body",
          "raw_email",
          "analysis",
          "score",
          "scoring",
          "calculation",
          "formula",
          "explanation",
          "debug");

  private ForbiddenKeys() {}

  static boolean isForbidden(String key) {
    String lowerCase = key.toLowerCase(Locale.ROOT);
    return WORDS.stream().anyMatch(lowerCase::contains);
  }

  /** A sorted, unmodifiable copy of {@code metadata} without forbidden keys. */
  static Map<String, Object> removedFrom(Map<?, ?> metadata) {
    Map<String, Object> kept = new TreeMap<>();
    metadata.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          if (value != null && !isForbidden(name)) {
            kept.put(name, clean(value));
          }
        });
    return Collections.unmodifiableMap(kept);
  }

  /** Whole numbers take the type in which JSON gives them back, so that copies stay equal. */
  private static Object clean(Object value) {
    if (value instanceof Map<?, ?> map) {
      return removedFrom(map);
    }
    if (value instanceof Iterable<?> items) {
      List<Object> kept = new ArrayList<>();
      for (@Nullable Object item : items) {
        if (item != null) {
          kept.add(clean(item));
        }
      }
      return List.copyOf(kept);
    }
    return value instanceof Long number && number == number.intValue() ? number.intValue() : value;
  }
}

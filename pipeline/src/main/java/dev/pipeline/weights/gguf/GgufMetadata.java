package dev.pipeline.weights.gguf;

import dev.pipeline.io.Failure;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of a GGUF file, immutable, in the file's order.
 *
 * @param origin what errors name: the file, or what is being written
 * @param values values by key
 */
public record GgufMetadata(String origin, Map<String, GgufValue> values) {
  public GgufMetadata {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** No keys yet; {@code origin} is named in errors. */
  public static GgufMetadata empty(String origin) {
    return new GgufMetadata(origin, Map.of());
  }

  /** The same metadata with {@code key} set; a new key comes last. */
  public GgufMetadata with(String key, GgufValue value) {
    Map<String, GgufValue> changed = new LinkedHashMap<>(values);
    changed.put(key, value);
    return new GgufMetadata(origin, changed);
  }

  /** The value of {@code key}, if there is one. */
  public Optional<GgufValue> find(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** The text of {@code key}. */
  public String text(String key) {
    return typed(key, GgufValue.Text.class, "text").value();
  }

  /** The whole number of {@code key}. */
  public long whole(String key) {
    return typed(key, GgufValue.Whole.class, "a whole number").value();
  }

  /** The whole number of {@code key}, or {@code absent} without one. */
  public long whole(String key, long absent) {
    return values.containsKey(key) ? whole(key) : absent;
  }

  /** The floating-point number of {@code key}. */
  public double real(String key) {
    return typed(key, GgufValue.Real.class, "a floating-point number").value();
  }

  /** The truth value of {@code key}. */
  public boolean truth(String key) {
    return typed(key, GgufValue.Truth.class, "a truth value").value();
  }

  /** The list of texts of {@code key}. */
  public List<String> texts(String key) {
    return elements(key, GgufValue.Text.class, "texts").stream()
        .map(GgufValue.Text::value)
        .toList();
  }

  /** The list of whole numbers of {@code key}. */
  public List<Long> wholes(String key) {
    return elements(key, GgufValue.Whole.class, "whole numbers").stream()
        .map(GgufValue.Whole::value)
        .toList();
  }

  private <T extends GgufValue> List<T> elements(String key, Class<T> kind, String description) {
    GgufValue.Array array = typed(key, GgufValue.Array.class, "a list of " + description);
    if (!array.values().stream().allMatch(kind::isInstance)) {
      throw wrongType(key, "a list of " + description);
    }
    return array.values().stream().map(kind::cast).toList();
  }

  private <T extends GgufValue> T typed(String key, Class<T> kind, String description) {
    GgufValue value = values.get(key);
    if (value == null) {
      throw Failure.refused(
          origin + " has no key " + key, "use a GGUF written by a current converter");
    }
    if (!kind.isInstance(value)) {
      throw wrongType(key, description);
    }
    return kind.cast(value);
  }

  private Failure wrongType(String key, String description) {
    return Failure.refused(
        origin + ": key " + key + " is not " + description,
        "use a GGUF written by a current converter");
  }
}

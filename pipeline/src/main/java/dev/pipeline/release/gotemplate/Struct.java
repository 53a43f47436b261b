package dev.pipeline.release.gotemplate;

import java.util.Map;

/**
 * A value with fixed fields: unlike in a map, asking for another one is an error.
 *
 * @param name of its type, for errors
 * @param fields by name
 */
public record Struct(String name, Map<String, Object> fields) {
  /** Copies the map. */
  public Struct {
    fields = Map.copyOf(fields);
  }
}

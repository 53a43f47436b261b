package dev.pipeline.vectors;

import java.util.Map;
import java.util.UUID;

/**
 * What a collection tells of a point.
 *
 * @param id which point
 * @param payload JSON values by key: text, numbers, truth values, lists and maps
 */
public record Entry(UUID id, Map<String, Object> payload) {
  /** The text under {@code key}; empty where there is none. */
  public String text(String key) {
    return payload.get(key) instanceof String text ? text : "";
  }
}

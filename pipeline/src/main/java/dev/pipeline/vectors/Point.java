package dev.pipeline.vectors;

import java.util.Map;
import java.util.UUID;

/**
 * What is put into a collection.
 *
 * @param id one point has one; putting it again replaces it
 * @param payload JSON values by key
 * @param vector shape [dimensions of the collection]
 */
public record Point(UUID id, Map<String, Object> payload, float[] vector) {
  /** Without the vector. */
  public Entry entry() {
    return new Entry(id, payload);
  }
}

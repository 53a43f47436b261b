package dev.pipeline.train;

import java.util.Map;
import java.util.TreeMap;

/**
 * What decides the log-probs of a reference, each as a digest.
 *
 * @param model base, its precision, and the adapter on it
 * @param data the pairs
 * @param template how pairs become tokens
 */
public record ReferenceKey(String model, String data, String template) {
  /** The digests by name. */
  Map<String, String> parts() {
    return new TreeMap<>(Map.of("model", model, "data", data, "template", template));
  }
}

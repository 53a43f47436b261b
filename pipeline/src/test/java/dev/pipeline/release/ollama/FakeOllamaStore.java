package dev.pipeline.release.ollama;

import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What the stand-in has on its disk: blobs by digest, and names that point to what they were
 * created from. As in Ollama, a blob goes with the last name that needs it, and at a start so do
 * those that nobody needs.
 */
final class FakeOllamaStore {
  private final Map<String, byte[]> blobs = new TreeMap<>();
  private final Map<String, JsonNode> models = new TreeMap<>();

  synchronized boolean has(String digest) {
    return blobs.containsKey(digest);
  }

  synchronized void put(String digest, byte[] bytes) {
    blobs.put(digest, bytes);
  }

  synchronized byte[] blob(String digest) {
    return blobs.getOrDefault(digest, new byte[0]);
  }

  synchronized Set<String> digests() {
    return new TreeSet<>(blobs.keySet());
  }

  synchronized void create(String name, JsonNode request) {
    models.put(name, request);
    prune();
  }

  synchronized boolean copy(String source, String destination) {
    JsonNode model = models.get(source);
    if (model == null) {
      return false;
    }
    models.put(destination, model);
    prune();
    return true;
  }

  synchronized boolean delete(String name) {
    boolean there = models.remove(name) != null;
    prune();
    return there;
  }

  synchronized Map<String, JsonNode> models() {
    return new TreeMap<>(models);
  }

  /** As at a start of the server. */
  synchronized void prune() {
    Set<String> needed = new HashSet<>();
    models
        .values()
        .forEach(
            model ->
                model.path("files").values().forEach(digest -> needed.add(digest.asString(""))));
    blobs.keySet().retainAll(needed);
  }

  /** Of the model behind a name, whatever the name is. */
  static String digest(JsonNode model) {
    Map<String, Object> content = new TreeMap<>();
    model
        .properties()
        .forEach(
            entry -> {
              if (!Set.of("model", "stream").contains(entry.getKey())) {
                content.put(entry.getKey(), entry.getValue());
              }
            });
    return Hashes.sha256(Json.line(content));
  }
}

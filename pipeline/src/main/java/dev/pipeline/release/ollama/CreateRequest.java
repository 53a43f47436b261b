package dev.pipeline.release.ollama;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A model to create from blobs that the server already has.
 *
 * @param model name, with an optional {@code :tag}
 * @param files SHA-256 in hex of each file, by file name
 * @param template prompt template in Go's template language
 * @param parameters defaults for generation, such as {@code temperature} and {@code stop}
 * @param system what the model is told first where a conversation does not say
 * @param license text of the license, if it has to be passed on
 */
public record CreateRequest(
    String model,
    Map<String, String> files,
    String template,
    Map<String, Object> parameters,
    Optional<String> system,
    Optional<String> license) {
  /** Sorts the maps, so that equal requests have equal bytes. */
  public CreateRequest {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }

  /** The body of {@code POST /api/create}. */
  Map<String, Object> body() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("model", model);
    Map<String, String> digests = new TreeMap<>();
    files.forEach((name, sha256) -> digests.put(name, OllamaClient.digest(sha256)));
    body.put("files", digests);
    body.put("template", template);
    body.put("parameters", parameters);
    system.ifPresent(told -> body.put("system", told));
    license.ifPresent(terms -> body.put("license", List.of(terms)));
    body.put("stream", true);
    return body;
  }
}

package dev.pipeline.release;

import dev.pipeline.release.ollama.OllamaClient;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names of one model at an Ollama server: {@code :v<version>} for each release, {@code :latest}
 * for the one that serves and {@code :previous} for the way back.
 */
final class OllamaTags {
  private static final Pattern VERSION = Pattern.compile("v[0-9]+");

  private final OllamaClient client;
  private final String model;

  OllamaTags(OllamaClient client, String model) {
    this.client = client;
    this.model = model;
  }

  /** The name of one release. */
  static String of(String model, int version) {
    return model + ":v" + version;
  }

  /**
   * Lets {@code version} be the latest and {@code former} the previous one; both have their own
   * names already. Without a former one, a model of that name that is not ours becomes the previous
   * one, and after a rollback to the first release that release itself: a name that applications
   * ask for stays.
   */
  void serve(int version, Optional<Integer> former) {
    Map<String, String> tags = client.tags();
    String own = tags.getOrDefault(of(model, version), "");
    if (former.isPresent()) {
      name(of(model, former.get()), previous(), tags);
    } else if (tags.containsKey(latest()) && !own.equals(tags.get(latest()))) {
      name(isOurs(tags, tags.get(latest())) ? of(model, version) : latest(), previous(), tags);
    }
    name(of(model, version), latest(), tags);
  }

  /** Takes {@code version} away; what was there before it became the latest comes back. */
  void withdraw(int version) {
    Map<String, String> tags = client.tags();
    String own = tags.get(of(model, version));
    if (own == null) {
      return;
    }
    if (own.equals(tags.get(latest()))) {
      if (tags.containsKey(previous())) {
        client.copy(previous(), latest());
      } else {
        client.delete(latest());
      }
    }
    client.delete(of(model, version));
  }

  private void name(String source, String destination, Map<String, String> tags) {
    String digest = tags.getOrDefault(source, "");
    if (digest.isEmpty() || !digest.equals(tags.get(destination))) {
      client.copy(source, destination);
    }
  }

  private boolean isOurs(Map<String, String> tags, String digest) {
    return tags.entrySet().stream()
        .anyMatch(
            tag ->
                tag.getKey().startsWith(model + ":")
                    && VERSION.matcher(tag.getKey().substring(model.length() + 1)).matches()
                    && tag.getValue().equals(digest));
  }

  private String latest() {
    return model + ":latest";
  }

  private String previous() {
    return model + ":previous";
  }
}

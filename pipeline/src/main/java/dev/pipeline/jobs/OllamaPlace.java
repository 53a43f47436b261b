package dev.pipeline.jobs;

import dev.pipeline.config.ReleaseConfig;
import dev.pipeline.io.Failure;
import java.net.URI;
import java.util.Map;

/**
 * Where Ollama listens: {@code ollama_url}, else what its own client reads from OLLAMA_HOST, else
 * this machine's usual port.
 *
 * @param address such as {@code http://localhost:11434}
 * @param from who said so
 */
record OllamaPlace(URI address, String from) {
  private static final String VARIABLE = "OLLAMA_HOST";
  private static final String PORT = ":11434";

  static OllamaPlace of(ReleaseConfig release, Map<String, String> environment) {
    String host = environment.getOrDefault(VARIABLE, "").strip();
    return release
        .ollamaUrl()
        .map(url -> new OllamaPlace(url, "ollama_url"))
        .orElseGet(
            () ->
                host.isEmpty()
                    ? new OllamaPlace(URI.create("http://localhost" + PORT), "")
                    : new OllamaPlace(address(host), VARIABLE));
  }

  /** A host, a host and port, or an address; as in Ollama's envconfig. */
  private static URI address(String host) {
    boolean whole = host.contains("://");
    String text = whole || host.matches(".*:\\d+") ? host : host + PORT;
    try {
      // A server that listens everywhere is reached here.
      return URI.create((whole ? text : "http://" + text).replace("//0.0.0.0", "//127.0.0.1"));
    } catch (IllegalArgumentException e) {
      throw Failure.usage(VARIABLE + " is no address", "write it as localhost:11434");
    }
  }
}

package dev.pipeline.release;

import dev.pipeline.io.Failure;
import dev.pipeline.release.ollama.OllamaClient;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The Ollama server that settings name, if they do.
 *
 * @param address such as {@code http://localhost:11434}; none when no server is configured
 * @param required whether a server that does not answer fails the run
 * @param patience how long the server may be silent while it works
 */
public record OllamaServer(Optional<URI> address, boolean required, Duration patience) {
  /** Why nothing is registered where no server is named. */
  static final String NOT_CONFIGURED =
      "not registered with Ollama: no server is configured (ollama_url)";

  /** How a registration would end now, in a sentence; fails as it would. Sends nothing. */
  public String preflight() {
    if (address.isEmpty()) {
      return NOT_CONFIGURED;
    }
    try (OllamaClient client = new OllamaClient(address.get(), patience)) {
      return client
          .version()
          .map(version -> "version " + version + " answers at " + client)
          .orElseGet(() -> absent(client));
    }
  }

  /**
   * The server, if one answers.
   *
   * @throws Failure when it must and does not
   */
  Optional<OllamaClient> open() {
    if (address.isEmpty()) {
      return Optional.empty();
    }
    OllamaClient client = new OllamaClient(address.get(), patience);
    if (client.version().isPresent()) {
      return Optional.of(client);
    }
    try (client) {
      absent(client);
      return Optional.empty();
    }
  }

  /** Why nothing was registered, when nothing answers. */
  String unregistered() {
    return address.isEmpty()
        ? NOT_CONFIGURED
        : "not registered with Ollama: no server answers at " + address.get();
  }

  private String absent(OllamaClient client) {
    if (required) {
      throw Failure.infrastructure(
          "ollama_url: no Ollama server answers at " + client,
          "start it with 'ollama serve', correct ollama_url, or set ollama_required: false",
          null);
    }
    return unregistered();
  }
}

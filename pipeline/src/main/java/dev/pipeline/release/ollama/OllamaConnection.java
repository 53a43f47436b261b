package dev.pipeline.release.ollama;

import dev.pipeline.io.Failure;
import java.net.URI;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * The way to an Ollama server; nothing is connected yet.
 *
 * @param server its address
 * @param http must be told to close its threads, as {@link OllamaClient#close} does
 */
public record OllamaConnection(HttpUrl server, OkHttpClient http) {
  /** How long a server may take to say that it is there. */
  static final Duration HELLO = Duration.ofSeconds(3);

  /**
   * The way to {@code server}.
   *
   * @param server such as {@code http://localhost:11434}
   * @param patience how long the server may be silent while it works
   * @throws Failure when that is no address
   */
  public static OllamaConnection to(URI server, Duration patience) {
    HttpUrl url = HttpUrl.get(server);
    if (url == null) {
      throw Failure.usage(
          "'" + server + "' is not an HTTP address", "write it as http://localhost:11434");
    }
    return new OllamaConnection(
        url,
        new OkHttpClient.Builder()
            .connectTimeout(HELLO)
            // Ollama never redirects; whoever does in its place is not to have model or questions.
            .followRedirects(false)
            .readTimeout(patience)
            .writeTimeout(patience)
            .build());
  }
}

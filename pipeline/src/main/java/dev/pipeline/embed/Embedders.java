package dev.pipeline.embed;

import dev.pipeline.config.MemoryConfig;
import java.util.Map;
import java.util.Optional;

/** The embedder that a configuration asks for. */
public final class Embedders {
  /** Where a server's key is taken from. */
  public static final String KEY = "EMBEDDER_API_KEY";

  private Embedders() {}

  /** The embedder of {@code config}; nothing is loaded or connected yet. */
  public static Embedder of(MemoryConfig config) {
    return of(config, System.getenv());
  }

  static Embedder of(MemoryConfig config, Map<String, String> environment) {
    return switch (config.embedder()) {
      case MINILM -> new MiniLmEmbedder();
      case OPENAI -> http(HttpEmbedder.Dialect.OPENAI, config, environment);
      case OLLAMA -> http(HttpEmbedder.Dialect.OLLAMA, config, environment);
    };
  }

  private static Embedder http(
      HttpEmbedder.Dialect dialect, MemoryConfig config, Map<String, String> environment) {
    return new HttpEmbedder(
        dialect,
        config.embedderUrl().orElseThrow(),
        config.embedderModel(),
        Optional.ofNullable(environment.get(KEY)).filter(key -> !key.isBlank()),
        config.embedderTimeout());
  }
}

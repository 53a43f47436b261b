package dev.pipeline.vectors;

import dev.pipeline.config.MemoryConfig;
import dev.pipeline.io.Failure;
import dev.pipeline.vectors.qdrant.QdrantAddress;
import dev.pipeline.vectors.qdrant.QdrantVectorStore;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The store that a configuration asks for. */
public final class VectorStores {
  private VectorStores() {}

  /**
   * A store that has not connected yet.
   *
   * @param folder where collections lie when no server is named
   */
  public static VectorStore of(MemoryConfig config, Path folder) {
    return server(config)
        .<VectorStore>map(QdrantVectorStore::new)
        .orElseGet(() -> new FileVectorStore(folder));
  }

  /** The server that is named, by the environment or by {@code config}. */
  public static Optional<QdrantAddress> server(MemoryConfig config) {
    return server(config, System.getenv());
  }

  static Optional<QdrantAddress> server(MemoryConfig config, Map<String, String> environment) {
    String named = environment.getOrDefault(QdrantAddress.URL, "");
    Optional<URI> url = named.isBlank() ? config.qdrantUrl() : Optional.of(uri(named.strip()));
    Optional<String> key =
        Optional.ofNullable(environment.get(QdrantAddress.KEY))
            .map(String::strip)
            .filter(text -> !text.isEmpty());
    return url.map(
        address ->
            new QdrantAddress(address, key, config.qdrantTimeout(), config.qdrantAttempts()));
  }

  private static URI uri(String named) {
    try {
      return URI.create(named);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(
          QdrantAddress.URL + " is no address", "set it to one such as https://host:6334");
    }
  }
}

package dev.pipeline.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code memory.yaml}: where plans, learnings and documents are kept for agents, and what turns
 * text into vectors. Keys come from the environment only: QDRANT_API_KEY and EMBEDDER_API_KEY;
 * QDRANT_URL overrides the address.
 *
 * @param qdrantUrl gRPC address of a Qdrant server that a team shares, such as
 *     https://qdrant.example:6334; default none: files below output_dir
 * @param planCollection collection of plans and learnings; default learning
 * @param qdrantTimeout how long one call may take; default 5s
 * @param qdrantAttempts how often a call is tried before it counts as failed; default 3
 * @param embedder what turns text into vectors: minilm in this process, or a server that speaks
 *     OpenAI's or Ollama's interface; default minilm
 * @param embedderUrl that server, such as http://localhost:11434; default none
 * @param embedderModel its model, such as nomic-embed-text; default empty
 * @param embedderTimeout how long the server may take for a batch; default 60s
 */
public record MemoryConfig(
    Optional<URI> qdrantUrl,
    String planCollection,
    Duration qdrantTimeout,
    int qdrantAttempts,
    Embedding embedder,
    Optional<URI> embedderUrl,
    String embedderModel,
    Duration embedderTimeout) {
  /** What holds without a file. */
  public static final MemoryConfig DEFAULTS =
      new MemoryConfig(
          Optional.empty(),
          "learning",
          Duration.ofSeconds(5),
          3,
          Embedding.MINILM,
          Optional.empty(),
          "",
          Duration.ofSeconds(60));

  /** What turns text into vectors. */
  public enum Embedding {
    /** all-MiniLM-L6-v2 within this process. */
    MINILM,
    /** A server with OpenAI's {@code /v1/embeddings}. */
    OPENAI,
    /** A server with Ollama's {@code /api/embed}. */
    OLLAMA
  }

  /** Refuses values out of range, secrets in a file, and a server without address or model. */
  public MemoryConfig {
    qdrantUrl.ifPresent(url -> requireHttp("qdrant_url", url));
    embedderUrl.ifPresent(url -> requireHttp("embedder_url", url));
    Check.fileName("plan_collection", planCollection);
    Check.atLeast("qdrant_timeout", 1, qdrantTimeout.toMillis());
    Check.atLeast("qdrant_attempts", 1, qdrantAttempts);
    Check.atLeast("embedder_timeout", 1, embedderTimeout.toMillis());
    if (embedder != Embedding.MINILM) {
      if (embedderUrl.isEmpty()) {
        throw Check.bad("embedder_url", "is missing for another embedder than minilm");
      }
      Check.notBlank("embedder_model", embedderModel);
    }
  }

  private static void requireHttp(String key, URI url) {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null) {
      throw Check.bad(key, "must be an http:// or https:// address, was " + url.getScheme() + ":");
    }
    if (url.getUserInfo() != null || url.getQuery() != null) {
      throw new BadValue(
          key,
          "must not hold a user, a password or a query",
          "put the key into the environment: QDRANT_API_KEY or EMBEDDER_API_KEY");
    }
  }
}

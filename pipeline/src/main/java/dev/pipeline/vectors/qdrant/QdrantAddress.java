package dev.pipeline.vectors.qdrant;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Loopback;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How a server is reached.
 *
 * @param url {@code http://} or {@code https://}, host and gRPC port, 6334 unless said
 * @param key sent with every call, never in clear to another machine; never shown
 * @param timeout how long one call may take
 * @param attempts how often a call is tried
 */
public record QdrantAddress(URI url, Optional<String> key, Duration timeout, int attempts) {
  /** Overrides the configured address. */
  public static final String URL = "QDRANT_URL";

  /** Where the key is taken from. */
  public static final String KEY = "QDRANT_API_KEY";

  private static final int GRPC = 6334;
  private static final int REST = 6333;

  /** Refuses other addresses, Qdrant's REST port, and a key in clear. */
  public QdrantAddress {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null || url.getUserInfo() != null || url.getQuery() != null) {
      throw Failure.usage(
          "the address of Qdrant is not of the form https://host:6334",
          "set memory.qdrant_url or " + URL + ", and the key in " + KEY);
    }
    if (url.getPort() == REST) {
      throw Failure.usage(url + " is Qdrant's REST port; pipeline speaks gRPC", "use port " + GRPC);
    }
    if (key.isPresent() && !isTls(url) && !Loopback.is(url.getHost())) {
      throw Failure.usage(
          "the key of Qdrant would travel to " + url + " in clear",
          "use an https:// address, or unset " + KEY);
    }
  }

  boolean tls() {
    return isTls(url);
  }

  int port() {
    return url.getPort() < 0 ? GRPC : url.getPort();
  }

  private static boolean isTls(URI url) {
    return "https".equals(url.getScheme());
  }

  @Override
  public String toString() {
    return url.toString();
  }
}

package dev.pipeline.track.wandb;

import java.time.Duration;

/**
 * Where runs go, and how patiently.
 *
 * @param server the server and the key for it
 * @param entity user or team; empty: the key's own
 * @param project the project
 * @param timeout for one request
 * @param rows lines of history in one request, at most
 * @param attempts for one request, at most
 */
public record Destination(
    WandbServer server, String entity, String project, Duration timeout, int rows, int attempts) {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int ROWS = 1000;
  private static final int ATTEMPTS = 8;

  /** The usual patience. */
  public static Destination of(WandbServer server, String entity, String project) {
    return new Destination(server, entity, project, TIMEOUT, ROWS, ATTEMPTS);
  }
}

package dev.pipeline.fetch;

import dev.pipeline.io.Failure;
import java.time.Duration;

/**
 * How stubborn and how wide a fetch is.
 *
 * @param connections requests at a time
 * @param stall how long a connection may be silent before it counts as lost
 * @param attempts failures in a row, without a byte between them, after which a fetch gives up
 * @param chunkBytes what one request asks for at most
 */
record FetchSettings(int connections, Duration stall, int attempts, long chunkBytes) {
  private static final int MOST_CONNECTIONS = 64;

  /** Half a minute of silence; about a minute of failures. */
  static final FetchSettings DEFAULTS = new FetchSettings(8, Duration.ofSeconds(30), 8, 32L << 20);

  FetchSettings {
    if (connections < 1 || connections > MOST_CONNECTIONS) {
      throw Failure.usage(
          "--connections is " + connections, "give 1 to " + MOST_CONNECTIONS + "; 8 is usual");
    }
  }

  FetchSettings withConnections(int number) {
    return new FetchSettings(number, stall, attempts, chunkBytes);
  }
}

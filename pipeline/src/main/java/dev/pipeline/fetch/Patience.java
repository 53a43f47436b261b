package dev.pipeline.fetch;

import dev.pipeline.io.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * How often and how fast something is tried again: waits grow twofold, with jitter so that many
 * clients do not come back at once; a server's own Retry-After is honoured; a byte that arrived
 * starts the count anew.
 */
final class Patience {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** What a server may ask for; longer, and a person decides. */
  private static final Duration LONGEST_ASKED = Duration.ofMinutes(10);

  private final int attempts;
  private final Pause pause;
  private final BooleanSupplier over;
  private final RandomGenerator random;
  private int failures;

  Patience(int attempts, Pause pause, BooleanSupplier over, RandomGenerator random) {
    this.attempts = attempts;
    this.pause = pause;
    this.over = over;
    this.random = random;
  }

  /** Something arrived. */
  void progressed() {
    failures = 0;
  }

  /**
   * Waits before the next attempt.
   *
   * @param what is named when there is none
   * @throws Failure when it was tried often enough
   */
  void failed(String what, IOException trouble) {
    failures++;
    Optional<Duration> asked =
        trouble instanceof Temporary temporary ? temporary.retryAfter() : Optional.empty();
    if (failures >= attempts) {
      throw Failure.infrastructure(
          what + ": " + reason(trouble) + ", " + attempts + " times without a byte between",
          "what was fetched is kept: check the connection, then run the same command again",
          trouble);
    }
    if (asked.isPresent() && asked.get().compareTo(LONGEST_ASKED) > 0) {
      throw Failure.infrastructure(
          what
              + ": "
              + reason(trouble)
              + " and asks to wait "
              + asked.get().toMinutes()
              + " minutes",
          "what was fetched is kept: run the same command again after that time",
          trouble);
    }
    pause.await(asked.orElseGet(this::backOff), over);
  }

  private Duration backOff() {
    long full = FIRST.toMillis() << Math.min(failures - 1, 16);
    long bounded = Math.min(full, LONGEST.toMillis());
    return Duration.ofMillis(bounded / 2 + random.nextLong(bounded / 2 + 1));
  }

  static String reason(IOException trouble) {
    String said = trouble.getMessage();
    String kind = trouble.getClass().getSimpleName();
    return Printable.of(said == null || said.isBlank() ? kind : said);
  }
}

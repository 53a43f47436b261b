package dev.pipeline.track.wandb;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Tries again what may go better next time. Waits double, with jitter, so that many clients do not
 * come back at once; a server that says when to come back is heeded.
 */
final class Retries {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final int attempts;
  private final Wait wait;
  private final BooleanSupplier over;
  private final Consumer<String> say;

  /** A request. */
  @FunctionalInterface
  interface Call<T> {
    /** Makes it. */
    T make() throws IOException;
  }

  /** Waits that long, or until there is nothing to wait for. */
  @FunctionalInterface
  interface Wait {
    /** Waits. */
    void atMost(Duration time);
  }

  /**
   * Tries.
   *
   * @param attempts at most, for one request
   * @param over whether nobody waits for it any more
   * @param say told what went wrong, and when it is tried again
   */
  Retries(int attempts, Wait wait, BooleanSupplier over, Consumer<String> say) {
    this.attempts = attempts;
    this.wait = wait;
    this.over = over;
    this.say = say;
  }

  /** Tries without a word. */
  Retries(int attempts, Wait wait, BooleanSupplier over) {
    this(attempts, wait, over, words -> {});
  }

  /** What {@code call} answers in the end. */
  <T> T of(Call<T> call) throws IOException {
    for (int failures = 1; ; failures++) {
      try {
        return call.make();
      } catch (Refused refusal) {
        throw refusal;
      } catch (IOException trouble) {
        if (failures >= attempts || over.getAsBoolean()) {
          throw trouble;
        }
        Duration pause = pause(failures, trouble);
        say.accept(
            "%s; attempt %d of %d in %d s"
                .formatted(
                    LiveUpload.words(trouble), failures + 1, attempts, pause.toSeconds() + 1));
        wait.atMost(pause);
        if (over.getAsBoolean()) {
          throw trouble;
        }
      }
    }
  }

  private static Duration pause(int failures, IOException trouble) {
    Optional<Duration> asked =
        trouble instanceof Temporary temporary ? temporary.retryAfter() : Optional.empty();
    if (asked.isPresent()) {
      return asked.get().compareTo(LONGEST) > 0 ? LONGEST : asked.get();
    }
    long full = Math.min(FIRST.toMillis() << Math.min(failures - 1, 16), LONGEST.toMillis());
    return Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
  }
}

package dev.pipeline.io;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A request to stop that long work polls at its safe points: after a checkpoint, between two chunks
 * or files. Raised by Ctrl-C, SIGTERM and {@code pipeline jobs stop}.
 */
public final class StopSignal {
  private final AtomicReference<@Nullable String> reason = new AtomicReference<>();

  /** Asks to stop; the first reason is kept. Safe to call from any thread. */
  public void request(String why) {
    reason.compareAndSet(null, why);
  }

  /** Whether somebody asked to stop. */
  public boolean isRequested() {
    return reason.get() != null;
  }

  /** Why, in words that follow a colon; empty while nobody asked. */
  public String reason() {
    return Objects.requireNonNullElse(reason.get(), "");
  }

  /**
   * Ends the work here if somebody asked to; to be called only where everything done is saved.
   *
   * @throws Failure with {@link ExitCode#INTERRUPTED}
   */
  public void check() {
    String why = reason.get();
    if (why != null) {
      throw Failure.interrupted(
          "stopped at a safe point: " + why, "run the same command again; it continues from there");
    }
  }
}

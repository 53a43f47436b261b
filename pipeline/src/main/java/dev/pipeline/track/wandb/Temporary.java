package dev.pipeline.track.wandb;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A failure that the next attempt may not meet. */
final class Temporary extends IOException {
  private static final long serialVersionUID = 1;

  private final transient Optional<Duration> retryAfter;

  Temporary(String message, Optional<Duration> retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /** How long the server asks to wait. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}

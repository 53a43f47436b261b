package dev.pipeline.fetch;

import dev.pipeline.io.StopSignal;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting between two attempts. */
@FunctionalInterface
interface Pause {
  /** So often it is looked whether there is still something to wait for. */
  Duration LOOK = Duration.ofMillis(50);

  /** Waits that long, or until {@code over}. */
  void await(Duration time, BooleanSupplier over);

  /** Waits for real; a request to stop ends it. */
  static Pause real(StopSignal stop) {
    return (time, over) -> {
      long end = System.nanoTime() + time.toNanos();
      while (System.nanoTime() - end < 0 && !over.getAsBoolean() && !stop.isRequested()) {
        LockSupport.parkNanos(Math.min(LOOK.toNanos(), end - System.nanoTime()));
      }
    };
  }
}

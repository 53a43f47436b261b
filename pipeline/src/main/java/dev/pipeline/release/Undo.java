package dev.pipeline.release;

import dev.pipeline.io.Failure;

/** Going back after a failure, which is the one to report whatever happens on the way. */
final class Undo {
  private Undo() {}

  /** Does {@code step} because of {@code cause}. */
  static void of(RuntimeException cause, Runnable step) {
    try {
      step.run();
    } catch (Failure alsoFailed) {
      cause.addSuppressed(alsoFailed);
    }
  }
}

package dev.pipeline.cli;

import dev.pipeline.io.Progress;

/** Progress that occupies the terminal until it is closed. */
interface LiveProgress extends Progress, AutoCloseable {
  @Override
  void close();
}

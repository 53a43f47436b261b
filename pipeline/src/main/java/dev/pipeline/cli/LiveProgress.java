package dev.pipeline.cli;

import dev.pipeline.io.Progress;
import java.io.PrintStream;

/** Progress that occupies the terminal until it is closed. */
interface LiveProgress extends Progress, AutoCloseable {
  /** Progress on the standard output. */
  static LiveProgress standard(String label) {
    return on(System.out, label, Terminal.interactive());
  }

  /** Progress on the standard error, where the standard output is for what comes out. */
  static LiveProgress aside(String label) {
    return on(System.err, label, Terminal.interactive());
  }

  /** A bar when a person watches, else a line now and then. */
  static LiveProgress on(PrintStream out, String label, boolean interactive) {
    return interactive
        ? new BarProgress(out, label, Terminal.columns() - 1)
        : new LineProgress(out, label);
  }

  @Override
  void close();
}

package dev.pipeline.cli;

/** What the program writes to. */
final class Terminal {
  private static final int USUAL_COLUMNS = 80;

  private Terminal() {}

  /**
   * Whether a person watches: only then do lines overwrite each other. The launcher asks the shell,
   * for Java's own answer differs between versions and mixes input with output.
   */
  static boolean interactive() {
    return Boolean.getBoolean("pipeline.terminal");
  }

  /**
   * Characters that fit on a line. The launcher asks, too: libraries that do put their own signal
   * handlers in place of ours, and Ctrl-C would kill instead of stop.
   */
  static int columns() {
    return Integer.getInteger("pipeline.columns", USUAL_COLUMNS);
  }
}

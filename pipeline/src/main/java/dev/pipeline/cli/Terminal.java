package dev.pipeline.cli;

/** What the program writes to. */
final class Terminal {
  private Terminal() {}

  /**
   * Whether a person watches: only then do lines overwrite each other. The launcher asks the shell,
   * for Java's own answer differs between versions and mixes input with output.
   */
  static boolean interactive() {
    return Boolean.getBoolean("pipeline.terminal");
  }
}

package dev.pipeline.release;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Invisible;

/** Words of a person that stay in a log and are read on terminals. */
final class OneLine {
  private OneLine() {}

  /**
   * Refuses {@code words}, given by {@code option}, when a terminal would do more than show them.
   */
  static void require(String option, String words) {
    if (words.codePoints().anyMatch(Invisible::steers)) {
      throw Failure.usage(
          option + " has a line break or another character that steers terminals",
          "write it as one line of plain text");
    }
  }
}

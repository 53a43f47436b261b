package dev.pipeline.talk;

import dev.pipeline.io.Failure;
import java.util.Locale;

/** Refuses values out of range by the name that a person gave them under. */
final class Bounds {
  private Bounds() {}

  static void require(boolean holds, String name, Number value, String range) {
    if (!holds) {
      throw Failure.usage(
          String.format(Locale.ROOT, "%s is %s", name, value),
          "give " + name + " a number " + range);
    }
  }
}

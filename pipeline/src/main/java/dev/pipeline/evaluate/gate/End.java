package dev.pipeline.evaluate.gate;

import java.util.stream.Stream;

/** What of a score's, or a difference's, 95 % interval is held to a bound. */
public enum End {
  /** None: the value itself. */
  VALUE(""),
  /** The worse one: what is asked for is shown. */
  WORSE("interval_"),
  /** The better one: only what is beyond chance fails. */
  BETTER("significant_");

  private final String prefix;

  End(String prefix) {
    this.prefix = prefix;
  }

  /** What stands before the measure's name in a gate's file. */
  String prefix() {
    return prefix;
  }

  /** That of a key in a gate's file. */
  static End of(String key) {
    return Stream.of(WORSE, BETTER)
        .filter(end -> key.startsWith(end.prefix))
        .findFirst()
        .orElse(VALUE);
  }
}

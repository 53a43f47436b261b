package dev.pipeline.cli;

import java.time.Duration;
import java.util.Locale;

/** Times as people read them. */
final class Durations {
  private Durations() {}

  /** As {@link #text}, to the second: {@code 8 s}. */
  static String whole(Duration duration) {
    return duration.toMinutes() > 0 ? text(duration) : duration.toSeconds() + " s";
  }

  /** Such as {@code 4.2 s}, {@code 5 min 14 s} or {@code 12 h 5 min}. */
  static String text(Duration duration) {
    if (duration.toHours() > 0) {
      return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
    return duration.toMinutes() > 0
        ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
        : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}

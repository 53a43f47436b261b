package dev.pipeline.plan;

import dev.pipeline.io.Failure;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Times as agents write and sort them. */
final class Moments {
  // Python's isoformat, which the agents write and sort as text: 'Z' would sort after '+00:00'.
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'").withZone(ZoneOffset.UTC);

  private Moments() {}

  static String of(Instant time) {
    return TIME.format(time);
  }

  /** Any ISO-8601 time with an offset in the one form. */
  static String normal(String time) {
    try {
      return of(OffsetDateTime.parse(time).toInstant());
    } catch (DateTimeParseException e) {
      throw Failure.refused(
          "created_at is '" + time + "', not an ISO-8601 time",
          "write it as 2026-01-31T12:00:00+00:00");
    }
  }
}

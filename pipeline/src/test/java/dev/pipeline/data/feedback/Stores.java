package dev.pipeline.data.feedback;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;

/** Stores with a clock that stands still. */
final class Stores {
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private Stores() {}

  static FeedbackStore in(Path folder) {
    return at(folder, NOW);
  }

  static FeedbackStore at(Path folder, Instant now) {
    return new FeedbackStore(folder, Set.of("Joshi"), 8000, Clock.fixed(now, ZoneOffset.UTC));
  }
}

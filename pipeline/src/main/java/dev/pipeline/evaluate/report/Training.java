package dev.pipeline.evaluate.report;

import java.util.Optional;

/**
 * How the last model was trained.
 *
 * @param log its curves
 * @param pairs what it makes of held-out pairs, where it learned preferences
 */
public record Training(TrainingLog log, Optional<HeldOutPairs> pairs) {
  /** Training without preferences. */
  public static Training of(TrainingLog log) {
    return new Training(log, Optional.empty());
  }
}

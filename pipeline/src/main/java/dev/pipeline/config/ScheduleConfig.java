package dev.pipeline.config;

import java.util.Optional;

/**
 * How long training lasts and how the learning rate moves.
 *
 * @param numEpochs passes over the training rows; default 3
 * @param lrScheduler shape after the warm-up; cosine falls to 0; default cosine
 * @param warmupSteps optimiser steps of linear warm-up; 100 unless warmup_ratio is given
 * @param warmupRatio share of all optimiser steps to warm up in; instead of warmup_steps
 */
public record ScheduleConfig(
    int numEpochs,
    LrScheduler lrScheduler,
    Optional<Integer> warmupSteps,
    Optional<Double> warmupRatio) {
  /** What holds without a file. */
  public static final ScheduleConfig DEFAULTS =
      new ScheduleConfig(3, LrScheduler.COSINE, Optional.empty(), Optional.empty());

  private static final int DEFAULT_WARMUP_STEPS = 100;

  /** The learning rate after the warm-up. */
  public enum LrScheduler {
    /** Half a cosine from the peak to 0. */
    COSINE
  }

  /** Refuses values out of range, and two ways to say one thing. */
  public ScheduleConfig {
    Check.atLeast("num_epochs", 1, numEpochs);
    warmupSteps.ifPresent(steps -> Check.atLeast("warmup_steps", 0, steps));
    warmupRatio.ifPresent(ratio -> Check.within("warmup_ratio", 0, 1, ratio));
    if (warmupSteps.isPresent() && warmupRatio.isPresent()) {
      throw new BadValue(
          "warmup_ratio",
          "contradicts warmup_steps",
          "keep warmup_steps or warmup_ratio, not both");
    }
  }

  /** Optimiser steps of warm-up in a run of {@code totalSteps}. */
  public int warmup(int totalSteps) {
    return warmupRatio
        .map(ratio -> (int) Math.round(ratio * totalSteps))
        .orElse(warmupSteps.orElse(DEFAULT_WARMUP_STEPS));
  }
}

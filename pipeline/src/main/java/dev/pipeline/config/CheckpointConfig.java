package dev.pipeline.config;

/**
 * How often training measures itself and saves.
 *
 * @param saveSteps optimiser steps between two checkpoints, which a kill costs at most; the
 *     held-out rows are looked at before each; default 50
 * @param saveTotalLimit newest checkpoints kept besides the best; default 2
 * @param earlyStoppingPatience looks at the held-out rows without a better loss before training
 *     ends, 0 for never; default 0
 */
public record CheckpointConfig(int saveSteps, int saveTotalLimit, int earlyStoppingPatience) {
  /** What holds without a file. */
  public static final CheckpointConfig DEFAULTS = new CheckpointConfig(50, 2, 0);

  /** Refuses values out of range. */
  public CheckpointConfig {
    Check.atLeast("save_steps", 1, saveSteps);
    Check.atLeast("save_total_limit", 1, saveTotalLimit);
    Check.atLeast("early_stopping_patience", 0, earlyStoppingPatience);
  }
}

package dev.pipeline.train;

/**
 * Linear warm-up from zero, then half a cosine down to zero: the factors of transformers' {@code
 * get_cosine_schedule_with_warmup}.
 *
 * @param peak highest learning rate
 * @param warmupSteps optimiser steps until the peak
 * @param totalSteps optimiser steps of the whole run
 */
record CosineSchedule(double peak, int warmupSteps, int totalSteps) {
  /** Learning rate of optimiser step {@code step}, counted from 0. */
  double at(int step) {
    if (step < warmupSteps) {
      return peak * step / Math.max(1, warmupSteps);
    }
    double progress = (double) (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
    return peak * Math.max(0, 0.5 * (1 + Math.cos(Math.PI * progress)));
  }
}

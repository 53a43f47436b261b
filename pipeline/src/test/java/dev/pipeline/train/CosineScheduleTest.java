package dev.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CosineScheduleTest {
  /** get_cosine_schedule_with_warmup(optimizer, 3, 10) of transformers 5.18 for a peak of 1. */
  private static final double[] TRANSFORMERS = {
    0.0,
    0.33333333,
    0.66666667,
    1.0,
    0.95048443,
    0.81174490,
    0.61126047,
    0.38873953,
    0.18825510,
    0.04951557,
    0.0
  };

  @Test
  void equalsTransformers() {
    CosineSchedule schedule = new CosineSchedule(1.0, 3, 10);
    for (int step = 0; step < TRANSFORMERS.length; step++) {
      assertThat(schedule.at(step)).as("step %d", step).isCloseTo(TRANSFORMERS[step], within(1e-7));
    }
  }
}

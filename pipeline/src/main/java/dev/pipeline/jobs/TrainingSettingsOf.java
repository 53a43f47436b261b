package dev.pipeline.jobs;

import dev.pipeline.config.BatchConfig;
import dev.pipeline.config.CheckpointConfig;
import dev.pipeline.config.OptimizerConfig;
import dev.pipeline.config.ScheduleConfig;
import dev.pipeline.train.AdamWSettings;
import dev.pipeline.train.Batching;
import dev.pipeline.train.TrainingSettings;

/** Turns configuration into a recipe's own settings; configuration goes no further. */
final class TrainingSettingsOf {
  private TrainingSettingsOf() {}

  static TrainingSettings config(
      long seed,
      int rows,
      BatchConfig batch,
      OptimizerConfig optimizer,
      ScheduleConfig schedule,
      CheckpointConfig checkpoint,
      double noiseAlpha) {
    int rowsPerStep = batch.effectiveBatchSize();
    int totalSteps = schedule.numEpochs() * ((rows + rowsPerStep - 1) / rowsPerStep);
    return new TrainingSettings(
        seed,
        schedule.numEpochs(),
        batching(batch),
        optimizer.learningRate(),
        schedule.warmup(totalSteps),
        new AdamWSettings(
            optimizer.adamBeta1(),
            optimizer.adamBeta2(),
            optimizer.adamEpsilon(),
            optimizer.weightDecay(),
            optimizer.maxGradNorm()),
        batch.gradientCheckpointing(),
        checkpoint.saveSteps(),
        checkpoint.saveTotalLimit(),
        checkpoint.earlyStoppingPatience(),
        noiseAlpha);
  }

  /** A pack is as large as a padded micro-batch may be, so that packing costs no memory. */
  private static Batching batching(BatchConfig batch) {
    int tokens = Math.multiplyExact(batch.microBatchSize(), batch.sequenceLen());
    return new Batching(
        batch.microBatchSize(),
        batch.gradientAccumulationSteps(),
        batch.samplePacking() ? tokens : 0);
  }
}

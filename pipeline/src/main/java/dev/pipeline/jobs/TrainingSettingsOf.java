package dev.pipeline.jobs;

import dev.pipeline.config.BatchConfig;
import dev.pipeline.config.CheckpointConfig;
import dev.pipeline.config.DpoConfig;
import dev.pipeline.config.OptimizerConfig;
import dev.pipeline.config.ScheduleConfig;
import dev.pipeline.config.SftConfig;
import dev.pipeline.train.AdamWSettings;
import dev.pipeline.train.Batching;
import dev.pipeline.train.TrainingSettings;

/** Turns configuration into a recipe's own settings; configuration goes no further. */
final class TrainingSettingsOf {
  private TrainingSettingsOf() {}

  static TrainingSettings sft(long seed, int rows, SftConfig config) {
    return config(
        seed,
        rows,
        config.batch(),
        config.optimizer(),
        config.schedule(),
        config.checkpoint(),
        config.neftuneNoiseAlpha().orElse(0.0));
  }

  static TrainingSettings dpo(long seed, int rows, DpoConfig config) {
    return config(
        seed, rows, config.batch(), config.optimizer(), config.schedule(), config.checkpoint(), 0);
  }

  static TrainingSettings config(
      long seed,
      int rows,
      BatchConfig batch,
      OptimizerConfig optimizer,
      ScheduleConfig schedule,
      CheckpointConfig checkpoint,
      double noiseAlpha) {
    Batching batching = batching(batch);
    return new TrainingSettings(
        seed,
        schedule.numEpochs(),
        batching,
        optimizer.learningRate(),
        schedule.warmup(batching.steps(rows, schedule.numEpochs())),
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

  private static Batching batching(BatchConfig batch) {
    int rows = batch.microBatchSize();
    int passes = batch.gradientAccumulationSteps();
    if (batch.samplePacking()) {
      // As large as a padded micro-batch may be, so that packing costs no memory.
      return Batching.packed(rows, passes, Math.multiplyExact(rows, batch.sequenceLen()));
    }
    return batch.groupByLength()
        ? Batching.groupedByLength(rows, passes)
        : Batching.padded(rows, passes);
  }
}

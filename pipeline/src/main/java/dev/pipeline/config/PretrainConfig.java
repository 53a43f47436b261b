package dev.pipeline.config;

import java.nio.file.Path;

/**
 * How the shipped base model is made: pre-trained from random weights on text that grammars
 * generate.
 *
 * @param grammars folder of grammar files
 * @param output model folder that holds config.json and the tokenizer and receives
 *     model.safetensors
 * @param pretrainSeed decides initial weights, text and order
 * @param windows token windows of {@code sequence_len} + 1 that make an epoch; each epoch has text
 *     of its own
 * @param holdOutWindows windows that only measure
 * @param batch sequences and their lengths
 * @param optimizer AdamW
 * @param schedule epochs and learning rate
 * @param checkpoint what a kill may cost
 */
public record PretrainConfig(
    Path grammars,
    Path output,
    long pretrainSeed,
    int windows,
    int holdOutWindows,
    BatchConfig batch,
    OptimizerConfig optimizer,
    ScheduleConfig schedule,
    CheckpointConfig checkpoint) {
  /** What holds without a file. */
  public static final PretrainConfig DEFAULTS =
      new PretrainConfig(
          Path.of("datasets/pretraining"),
          Path.of("artifacts/base"),
          1,
          1024,
          32,
          new BatchConfig(
              384, 16, 1, false, false, BatchConfig.ExcessLengthStrategy.TRUNCATE, false),
          new OptimizerConfig(3e-3, 0, 0.9, 0.95, 1e-8, 1),
          ScheduleConfig.DEFAULTS,
          CheckpointConfig.DEFAULTS);

  /** Refuses an empty corpus. */
  public PretrainConfig {
    Check.atLeast("windows", 1, windows);
    Check.atLeast("hold_out_windows", 1, holdOutWindows);
  }
}

package dev.pipeline.config;

/**
 * How rows become batches.
 *
 * @param sequenceLen longest prompt and answer together, in tokens; default 4096
 * @param microBatchSize sequences a forward pass, which memory pays for; in dpo pairs, which are
 *     two sequences each; default 4
 * @param gradientAccumulationSteps forward passes an optimiser step, which time pays for: 32 passes
 *     of 4 make the default batch of 128, of sequences or, in dpo, of pairs; default 32
 * @param samplePacking whether rows are packed into micro_batch_size times sequence_len tokens
 *     without padding, none seeing another; the same steps, fewer and fuller passes; default false
 * @param groupByLength whether rows of like length share a step, so that less is padded. It changes
 *     which rows meet in a step, which sample_packing does not; take that first, and this where
 *     micro_batch_size rows must stand side by side. With a large gradient_accumulation_steps it
 *     gains little, because a step's rows are sorted by length anyway. The longest row comes first,
 *     so that memory runs out at once or not at all; default false
 * @param excessLengthStrategy what happens to longer rows; default truncate
 * @param gradientCheckpointing whether activations are computed again in the backward pass: about a
 *     third slower, and one layer at a time in memory instead of all; default false
 */
public record BatchConfig(
    int sequenceLen,
    int microBatchSize,
    int gradientAccumulationSteps,
    boolean samplePacking,
    boolean groupByLength,
    ExcessLengthStrategy excessLengthStrategy,
    boolean gradientCheckpointing) {
  /** What holds without a file. */
  public static final BatchConfig DEFAULTS =
      new BatchConfig(4096, 4, 32, false, false, ExcessLengthStrategy.TRUNCATE, false);

  /** Far beyond any machine, and still small enough to count with. */
  private static final int MOST = 1 << 24;

  /** What happens to a row that is longer than sequence_len. */
  public enum ExcessLengthStrategy {
    /** The context loses its oldest part; if that is not enough, training does not start. */
    TRUNCATE,
    /** The context loses its oldest part; if that is not enough, the row is left out and listed. */
    DROP,
    /** Training does not start. */
    RAISE
  }

  /** Refuses values out of range. */
  public BatchConfig {
    Check.atLeast("sequence_len", 16, sequenceLen);
    Check.atLeast("micro_batch_size", 1, microBatchSize);
    Check.atLeast("gradient_accumulation_steps", 1, gradientAccumulationSteps);
    requireCountable("gradient_accumulation_steps", microBatchSize, gradientAccumulationSteps);
    requireCountable("sequence_len", microBatchSize, sequenceLen);
    if (samplePacking && groupByLength) {
      throw new BadValue(
          "group_by_length",
          "contradicts sample_packing, which pads nothing",
          "keep sample_packing or group_by_length, not both");
    }
  }

  /** Sequences an optimiser step. */
  public int effectiveBatchSize() {
    return microBatchSize * gradientAccumulationSteps;
  }

  private static void requireCountable(String key, int microBatchSize, int value) {
    if ((long) microBatchSize * value > MOST) {
      throw Check.bad(
          key,
          "times micro_batch_size must be at most "
              + MOST
              + ", was "
              + value
              + " times "
              + microBatchSize);
    }
  }
}

package dev.pipeline.train;

import dev.pipeline.chat.TrainingExample;
import java.util.Arrays;
import java.util.List;

/**
 * Examples that are computed at once: side by side and padded on the right, or packed into one row
 * without padding.
 *
 * @param examples what is computed
 * @param ids input tokens, row-major {@code [rows, length]}
 * @param targets the token that follows each input token, or {@link #IGNORED}
 * @param rows rows
 * @param length columns
 * @param samples lengths of the packed examples in reading order; empty when each has a row
 */
record Batch(
    List<TrainingExample> examples,
    long[] ids,
    long[] targets,
    int rows,
    int length,
    long[] samples) {
  /** Marks a position that carries no loss; PyTorch's default ignore_index. */
  static final long IGNORED = -100;

  /** A row an example, padded to the longest. */
  static Batch of(List<TrainingExample> examples) {
    int length = examples.stream().mapToInt(Batch::inputs).max().orElse(0);
    int[] starts = new int[examples.size()];
    Arrays.setAll(starts, row -> row * length);
    return filled(examples, starts, examples.size(), length, new long[0]);
  }

  /** One row, an example after the other. */
  static Batch packed(List<TrainingExample> examples) {
    long[] samples = examples.stream().mapToLong(Batch::inputs).toArray();
    int[] starts = new int[samples.length];
    int length = 0;
    for (int i = 0; i < samples.length; i++) {
      starts[i] = length;
      length += (int) samples[i];
    }
    return filled(examples, starts, 1, length, samples);
  }

  /** Tokens of an example. */
  static int length(TrainingExample example) {
    return example.ids().length;
  }

  /** Tokens of an example that something follows. */
  static int inputs(TrainingExample example) {
    return example.ids().length - 1;
  }

  private static Batch filled(
      List<TrainingExample> examples, int[] starts, int rows, int length, long[] samples) {
    long[] ids = new long[rows * length];
    long[] targets = new long[ids.length];
    Arrays.fill(targets, IGNORED);
    for (int i = 0; i < starts.length; i++) {
      TrainingExample example = examples.get(i);
      int inputs = inputs(example);
      System.arraycopy(example.ids(), 0, ids, starts[i], inputs);
      int first = Math.max(example.firstTrained() - 1, 0);
      System.arraycopy(
          example.ids(), first + 1, targets, starts[i] + first, Math.max(inputs - first, 0));
    }
    return new Batch(List.copyOf(examples), ids, targets, rows, length, samples);
  }

  boolean isPacked() {
    return samples.length > 0;
  }

  /** Tokens that are not padding. */
  int tokens() {
    return examples.stream().mapToInt(example -> example.ids().length).sum();
  }

  /** Tokens that carry loss. */
  int trainedTokens() {
    int count = 0;
    for (long target : targets) {
      count += target == IGNORED ? 0 : 1;
    }
    return count;
  }
}

package dev.pipeline.train;

import dev.pipeline.chat.TrainingExample;
import java.util.Arrays;
import java.util.List;

/**
 * Examples side by side, padded on the right to the longest.
 *
 * @param examples the rows
 * @param ids input tokens, row-major {@code [rows, length]}
 * @param targets the token that follows each input token, or {@link #IGNORED}
 * @param length columns
 */
record Batch(List<TrainingExample> examples, long[] ids, long[] targets, int length) {
  /** Marks a position that carries no loss; PyTorch's default ignore_index. */
  static final long IGNORED = -100;

  static Batch of(List<TrainingExample> examples) {
    int length = examples.stream().mapToInt(example -> example.ids().length - 1).max().orElse(0);
    long[] ids = new long[examples.size() * length];
    long[] targets = new long[ids.length];
    Arrays.fill(targets, IGNORED);
    for (int row = 0; row < examples.size(); row++) {
      TrainingExample example = examples.get(row);
      int inputs = example.ids().length - 1;
      System.arraycopy(example.ids(), 0, ids, row * length, inputs);
      int first = Math.max(example.firstTrained() - 1, 0);
      System.arraycopy(
          example.ids(), first + 1, targets, row * length + first, Math.max(inputs - first, 0));
    }
    return new Batch(examples, ids, targets, length);
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

  int rows() {
    return examples.size();
  }
}

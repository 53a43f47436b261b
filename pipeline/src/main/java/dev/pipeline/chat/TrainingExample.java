package dev.pipeline.chat;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A rendered conversation and what of it is learned.
 *
 * @param id the row it came from, for messages
 * @param ids token ids of the whole conversation
 * @param firstTrained index of the first token that carries loss; all later ones do, the terminator
 *     included
 */
public record TrainingExample(String id, long[] ids, int firstTrained) {
  /** Tokens that carry loss. */
  public int trainedTokens() {
    return ids.length - firstTrained;
  }

  /** 1 for each token that carries loss, else 0; nothing predicts the very first token. */
  public List<Integer> mask() {
    int first = Math.max(firstTrained, 1);
    return IntStream.range(0, ids.length).mapToObj(i -> i < first ? 0 : 1).toList();
  }
}

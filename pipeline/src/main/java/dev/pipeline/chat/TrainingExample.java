package dev.pipeline.chat;

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
}

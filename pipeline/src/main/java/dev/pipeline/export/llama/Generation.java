package dev.pipeline.export.llama;

import java.util.List;

/**
 * An answer.
 *
 * @param text the answer, special tokens written out, without the stop text
 * @param tokenIds the sampled tokens, without the one that ended generation
 * @param promptTokens tokens of the prompt
 * @param stopReason why it ended
 */
public record Generation(
    String text, List<Integer> tokenIds, int promptTokens, StopReason stopReason) {
  public Generation {
    tokenIds = List.copyOf(tokenIds);
  }

  /** Why an answer ended. */
  public enum StopReason {
    /** The model sampled a token that ends generation. */
    END_OF_GENERATION,
    /** The text reached a stop text. */
    STOP_TEXT,
    /** The most tokens asked for were sampled. */
    MAX_TOKENS,
    /** The context is full. */
    CONTEXT_FULL
  }

  /** Whether the model itself ended the answer. */
  public boolean endedByItself() {
    return stopReason == StopReason.END_OF_GENERATION;
  }
}

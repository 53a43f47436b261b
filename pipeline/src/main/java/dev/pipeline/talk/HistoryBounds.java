package dev.pipeline.talk;

/**
 * How much of a conversation is sent with the next question.
 *
 * @param used whether earlier turns are sent at all
 * @param turnPairs most questions with their answers; USE_CHAT_HISTORY and MAX_CHAT_HISTORY
 * @param contextTokens most tokens of all that is sent and the answer; CONTEXT_WINDOW_SIZE
 */
public record HistoryBounds(boolean used, int turnPairs, int contextTokens) {
  /** Turn pairs that are sent where nobody says otherwise. */
  public static final int USUAL_TURN_PAIRS = 10;

  /** Tokens, where nobody says otherwise and the model was trained for as many. */
  public static final int USUAL_CONTEXT_TOKENS = 4096;

  /** Less holds no question and answer. */
  private static final int LEAST_CONTEXT_TOKENS = 16;

  /** Refuses bounds that hold nothing. */
  public HistoryBounds {
    Bounds.require(turnPairs >= 0, "MAX_CHAT_HISTORY", turnPairs, "of at least 0");
    Bounds.require(
        contextTokens >= LEAST_CONTEXT_TOKENS,
        "CONTEXT_WINDOW_SIZE",
        contextTokens,
        "of at least " + LEAST_CONTEXT_TOKENS);
  }

  /** The same in a window of another size. */
  public HistoryBounds within(int tokens) {
    return new HistoryBounds(used, turnPairs, tokens);
  }

  int mostTurns() {
    return used ? turnPairs : 0;
  }
}

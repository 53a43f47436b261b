package dev.pipeline.data;

import java.util.List;

/**
 * Where a negotiation stands.
 *
 * @param round counted from 1
 * @param sentiment the supplier's mood in one word
 * @param asks what the supplier still waits for
 */
public record RoundState(int round, String sentiment, List<String> asks) {
  /** Copies the list. */
  public RoundState {
    asks = List.copyOf(asks);
  }
}

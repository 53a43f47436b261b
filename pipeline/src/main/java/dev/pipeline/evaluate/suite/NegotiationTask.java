package dev.pipeline.evaluate.suite;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * A line of {@code datasets/benchmarks/negotiation.jsonl}.
 *
 * @param id names it
 * @param sentiment the supplier's mood
 * @param context what the buyer knows, as in a curated row
 * @param message what the supplier says
 * @param asks what the supplier still waits for
 * @param allowedNumbers numbers the buyer may bring in besides those of context and message
 */
public record NegotiationTask(
    String id,
    Mood sentiment,
    String context,
    String message,
    List<Ask> asks,
    @JsonProperty("allowed_numbers") List<BigDecimal> allowedNumbers) {

  /** Refuses a line that lacks a part. */
  public NegotiationTask {
    Objects.requireNonNull(id, "id is missing");
    Objects.requireNonNull(sentiment, "sentiment is missing");
    Objects.requireNonNull(context, "context is missing");
    Objects.requireNonNull(message, "message is missing");
    asks = List.copyOf(Objects.requireNonNull(asks, "asks is missing"));
    allowedNumbers =
        List.copyOf(Objects.requireNonNull(allowedNumbers, "allowed_numbers is missing"));
  }

  /**
   * Something the supplier waits for.
   *
   * @param ask in a few words, as in the context
   * @param words how words begin that show an answer is about it
   */
  public record Ask(String ask, List<String> words) {
    /** Refuses an ask that nothing can address. */
    public Ask {
      Objects.requireNonNull(ask, "ask is missing");
      words = List.copyOf(Objects.requireNonNull(words, "words is missing"));
      if (words.isEmpty()) {
        throw new IllegalArgumentException("ask \"" + ask + "\" has no words");
      }
    }
  }

  /** All that the other side said. */
  String given() {
    return context + "\n" + message;
  }
}

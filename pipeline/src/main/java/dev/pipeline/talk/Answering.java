package dev.pipeline.talk;

/**
 * How answers are drawn.
 *
 * @param temperature 0 takes the most probable token
 * @param topP share of probability mass that is drawn from, above 0 and up to 1
 * @param seed of the draws
 * @param maxTokens where an answer is cut off
 */
public record Answering(double temperature, double topP, long seed, int maxTokens) {
  /** Checks the ranges, by the names that people give them. */
  public Answering {
    Bounds.require(
        temperature >= 0 && temperature <= 2, "--temperature", temperature, "from 0 to 2");
    Bounds.require(topP > 0 && topP <= 1, "--top-p", topP, "above 0 and at most 1");
    Bounds.require(maxTokens >= 1, "--max-tokens", maxTokens, "of at least 1");
  }

  /** The most probable token each time. */
  public static Answering greedy(int maxTokens) {
    return new Answering(0, 1, 0, maxTokens);
  }

  Answering atMost(int tokens) {
    return new Answering(temperature, topP, seed, Math.min(tokens, maxTokens));
  }
}

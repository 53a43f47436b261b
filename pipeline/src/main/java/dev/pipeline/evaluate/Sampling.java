package dev.pipeline.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.io.Failure;

/**
 * How answers are drawn.
 *
 * @param temperature 0 takes the most probable token
 * @param topP share of probability mass that is drawn from, above 0 and up to 1
 * @param maxTokens where an answer is cut off
 * @param seed of the draws; each row adds its index, so that rows do not depend on each other
 */
public record Sampling(
    double temperature,
    @JsonProperty("top_p") double topP,
    @JsonProperty("max_tokens") int maxTokens,
    long seed) {

  /** Checks the ranges. */
  public Sampling {
    require(temperature >= 0 && temperature <= 2, "temperature", "between 0 and 2", temperature);
    require(topP > 0 && topP <= 1, "top_p", "above 0 and at most 1", topP);
    require(maxTokens > 0, "max_tokens", "at least 1", maxTokens);
  }

  /** The most probable token each time: the same answers on every run. */
  public static Sampling greedy(int maxTokens) {
    return new Sampling(0, 1, maxTokens, 0);
  }

  Sampling forRow(int index) {
    return new Sampling(temperature, topP, maxTokens, seed + index);
  }

  private static void require(boolean holds, String key, String range, double value) {
    if (!holds) {
      throw Failure.usage(
          "evaluate." + key + " must be " + range + ", not " + value, "correct evaluate." + key);
    }
  }
}

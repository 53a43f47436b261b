package dev.pipeline.export.llama;

import dev.pipeline.io.Failure;
import java.util.List;

/**
 * How an answer is sampled; equal options on equal weights give equal answers.
 *
 * @param maxTokens most tokens to generate
 * @param temperature divides the logits; 0 takes the likeliest token
 * @param topP samples among the likeliest tokens that together reach this probability (nucleus
 *     sampling, arXiv:1904.09751); 1 samples among all
 * @param seed of the random draws
 * @param stop texts that end the answer and are cut off
 */
public record GenerateOptions(
    int maxTokens, double temperature, double topP, long seed, List<String> stop) {
  public GenerateOptions {
    require(maxTokens >= 1, "maxTokens", maxTokens, "1 or more");
    require(temperature >= 0, "temperature", temperature, "0 or more");
    require(topP > 0 && topP <= 1, "topP", topP, "more than 0 and at most 1");
    stop = List.copyOf(stop);
  }

  /** The likeliest token each time, until the model ends by itself or has said enough. */
  public static GenerateOptions greedy(int maxTokens) {
    return new GenerateOptions(maxTokens, 0, 1, 0, List.of());
  }

  private static void require(boolean holds, String name, double value, String range) {
    if (!holds) {
      throw Failure.usage(name + " is " + value, "set " + name + " to " + range);
    }
  }
}

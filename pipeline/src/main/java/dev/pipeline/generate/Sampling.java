package dev.pipeline.generate;

import dev.pipeline.io.Failure;

/**
 * How the next token is chosen, in the order in which it is applied: as in transformers.
 *
 * @param repetitionPenalty above 0: what was read or written before is made less probable by it
 *     (Keskar et al. 2019, "CTRL"), 1 changes nothing
 * @param temperature 0 takes the most probable token; otherwise scores are divided by it
 * @param topK only so many of the most probable tokens, 0 for all
 * @param topP only the most probable tokens that have this share of the mass together (Holtzman et
 *     al. 2019), from 0 to 1; at least one token
 * @param seed of the draws
 */
public record Sampling(
    double repetitionPenalty, double temperature, int topK, double topP, long seed) {
  /** The most probable token each time. */
  public static final Sampling GREEDY = new Sampling(1, 0, 0, 1, 0);

  /** Refuses values out of range. */
  public Sampling {
    require(
        repetitionPenalty > 0 && Double.isFinite(repetitionPenalty),
        "repetition penalty",
        repetitionPenalty,
        "above 0");
    require(
        temperature >= 0 && Double.isFinite(temperature), "temperature", temperature, "0 or more");
    require(topK >= 0, "top-k", topK, "0 or more");
    require(topP >= 0 && topP <= 1, "top-p", topP, "from 0 to 1");
  }

  /** Whether nothing is left to chance. */
  public boolean isGreedy() {
    return temperature == 0;
  }

  private static void require(boolean holds, String name, double value, String range) {
    if (!holds) {
      throw Failure.usage(name + " " + value, "give a number " + range);
    }
  }
}

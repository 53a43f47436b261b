package dev.pipeline.generate;

import java.util.List;

/**
 * What is to be continued.
 *
 * @param id names it; what is drawn depends on it and on the seed, never on the other prompts
 * @param tokens token ids, at least one
 */
public record Prompt(String id, List<Long> tokens) {
  public Prompt {
    tokens = List.copyOf(tokens);
  }
}

package dev.pipeline.generate;

import java.util.List;

/**
 * What the model wrote after a prompt.
 *
 * @param id the prompt's
 * @param tokens all that was written, a stop token included
 * @param ended why it ended
 */
public record Continuation(String id, List<Long> tokens, Ended ended) {
  public Continuation {
    tokens = List.copyOf(tokens);
  }
}

package dev.pipeline.export.llama;

/**
 * What llama.cpp says of a model it has loaded.
 *
 * @param description such as {@code phi3 3B Q4_K - Medium}
 * @param vocabulary number of tokens
 * @param contextTokens tokens that fit into the context that was made
 */
public record ModelSummary(String description, int vocabulary, int contextTokens) {
  /** Leaves out the size where llama.cpp, which knows those of usual models, writes "?B". */
  public ModelSummary {
    description = description.replace(" ?B", "");
  }
}

package dev.pipeline.export.llama;

import java.util.Optional;

/**
 * How a GGUF is loaded.
 *
 * @param contextTokens most tokens of a prompt and its answer together
 * @param threads of computation
 * @param rows prompts that are continued side by side, each with a context of its own
 * @param batchTokens tokens handed to one call of llama_decode
 * @param gpuLayers layers that a GPU computes; none leaves it to the build
 */
public record Loading(
    int contextTokens, int threads, int rows, int batchTokens, Optional<Integer> gpuLayers) {
  /** Tokens handed to one call of llama_decode; with 100,000 tokens, 200 MB of logits. */
  public static final int BATCH_TOKENS = 512;

  /** One prompt at a time, on what the build chooses. */
  static Loading plain(int contextTokens, int threads) {
    return new Loading(contextTokens, threads, 1, BATCH_TOKENS, Optional.empty());
  }

  /** Tokens that a batch has to hold: at least one of each row. */
  int decoded() {
    return Math.max(batchTokens, rows);
  }
}

package dev.pipeline.model;

/**
 * The sizes of a decoder, read from a Hugging Face {@code config.json}.
 *
 * @param hidden width of the residual stream
 * @param layers number of decoder layers
 * @param heads query heads
 * @param keyValueHeads key and value heads; divides {@code heads} (grouped-query attention)
 * @param headSize elements of one head
 * @param feedForward width of the feed-forward part
 * @param vocabulary rows of the embedding table
 * @param maxPositions longest sequence in tokens
 * @param normEpsilon epsilon of the norms
 * @param rope rotary positions
 * @param window how far back attention reaches
 * @param attentionBias whether the attention's linear layers have biases
 * @param feedForwardBias whether the feed-forward part's linear layers have biases
 * @param tiedHead whether the output head is the embedding table
 */
public record DecoderShape(
    int hidden,
    int layers,
    int heads,
    int keyValueHeads,
    int headSize,
    int feedForward,
    int vocabulary,
    int maxPositions,
    double normEpsilon,
    Rope rope,
    SlidingWindow window,
    boolean attentionBias,
    boolean feedForwardBias,
    boolean tiedHead) {

  /** Width of all query heads together. */
  public int queryWidth() {
    return heads * headSize;
  }

  /** Width of all key (or value) heads together. */
  public int keyValueWidth() {
    return keyValueHeads * headSize;
  }

  /**
   * Tokens up to which llama.cpp computes what we do: it lets every position see all before it,
   * even in a file with a sliding window.
   */
  public int servedPositions() {
    return window.tokens() > 0 ? Math.min(window.tokens(), maxPositions) : maxPositions;
  }
}

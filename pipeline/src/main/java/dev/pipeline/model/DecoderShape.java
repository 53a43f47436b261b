package dev.pipeline.model;

/**
 * The sizes of a decoder, read from a Hugging Face {@code config.json}.
 *
 * @param hidden width of the residual stream
 * @param layers number of decoder layers
 * @param heads query heads
 * @param keyValueHeads key and value heads; divides {@code heads} (grouped-query attention)
 * @param headSize elements of one head
 * @param feedForward width of the gated feed-forward part
 * @param vocabulary rows of the embedding table
 * @param maxPositions longest sequence in tokens
 * @param normEpsilon epsilon of the RMS norms
 * @param ropeTheta base of the rotary frequencies
 * @param rotarySize elements of a head that rotate, at most {@code headSize}
 * @param slidingWindow tokens a position attends to, or 0 for all
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
    double ropeTheta,
    int rotarySize,
    int slidingWindow,
    boolean tiedHead) {

  /** Width of all query heads together. */
  public int queryWidth() {
    return heads * headSize;
  }

  /** Width of all key (or value) heads together. */
  public int keyValueWidth() {
    return keyValueHeads * headSize;
  }
}

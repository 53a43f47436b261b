package dev.pipeline.model;

/**
 * How far back attention reaches (Beltagy et al. 2020, "Longformer").
 *
 * @param tokens a position sees itself and the {@code tokens - 1} before it; 0 for all
 * @param firstLayer layers before this one see everything all the same
 */
public record SlidingWindow(int tokens, int firstLayer) {
  /** Every layer sees everything. */
  static final SlidingWindow NONE = new SlidingWindow(0, 0);

  /** Whether layer {@code index} hides anything in a sequence of {@code length} tokens. */
  boolean hides(int index, long length) {
    return tokens > 0 && length > tokens && index >= firstLayer;
  }
}

package dev.pipeline.embed;

import java.util.List;

/**
 * Turns text into vectors of length 1, so that their dot product is the cosine between them. Equal
 * text has equal vectors within one process; vectors of embedders with different names must never
 * be compared.
 */
public interface Embedder {
  /** Which model it is, stable over processes, such as {@code all-minilm-l6-v2-q}. */
  String name();

  /** How many numbers a vector has. */
  int dimensions();

  /**
   * One vector for each text, in their order; shape [texts, dimensions]. A text without a letter or
   * digit means nothing: its vector is all zeros.
   */
  List<float[]> embed(List<String> texts);

  /** The vector of one text, shape [dimensions]. */
  default float[] embed(String text) {
    return embed(List.of(text)).get(0);
  }
}

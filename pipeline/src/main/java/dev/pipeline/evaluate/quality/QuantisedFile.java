package dev.pipeline.evaluate.quality;

import java.nio.file.Path;

/**
 * A file to be measured.
 *
 * @param quantisation such as {@code Q4_K_M}
 * @param weighted whether its errors were weighed by an importance matrix
 * @param path the GGUF
 */
public record QuantisedFile(String quantisation, boolean weighted, Path path) {
  /** What people call it. */
  public String label() {
    return label(quantisation, weighted);
  }

  static String label(String quantisation, boolean weighted) {
    return quantisation + (weighted ? ", importance matrix" : "");
  }
}

package dev.pipeline.evaluate.quality;

import dev.pipeline.weights.gguf.GgufFile;
import dev.pipeline.weights.gguf.GgufTensor;
import java.nio.file.Path;

/**
 * How large a GGUF is.
 *
 * @param bytes the whole file
 * @param bitsPerWeight bits of its tensors by weight, tokenizer and keys left out
 */
record Size(long bytes, double bitsPerWeight) {
  static Size of(Path gguf) {
    GgufFile file = GgufFile.open(gguf);
    long weights = 0;
    long bytes = 0;
    for (GgufTensor tensor : file.tensors().values()) {
      weights += tensor.columns() * tensor.rows();
      bytes += tensor.length();
    }
    return new Size(gguf.toFile().length(), (double) Byte.SIZE * bytes / weights);
  }
}

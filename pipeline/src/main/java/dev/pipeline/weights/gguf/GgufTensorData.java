package dev.pipeline.weights.gguf;

import dev.pipeline.weights.TensorContent;
import java.util.List;

/**
 * A tensor to be written.
 *
 * @param name name, such as {@code blk.0.attn_q.weight}
 * @param type element type
 * @param shape GGUF's order: the length of a row first, 1 to 4 dimensions
 * @param content writes the blocks
 */
public record GgufTensorData(String name, GgmlType type, List<Long> shape, TensorContent content) {
  public GgufTensorData {
    shape = List.copyOf(shape);
    if (shape.isEmpty() || shape.size() > 4) {
      throw new IllegalArgumentException(name + " has the shape " + shape);
    }
  }

  /** Bytes of the whole tensor. */
  public long length() {
    long rows = shape.stream().skip(1).reduce(1L, Math::multiplyExact);
    return Math.multiplyExact(type.bytes(shape.get(0)), rows);
  }
}

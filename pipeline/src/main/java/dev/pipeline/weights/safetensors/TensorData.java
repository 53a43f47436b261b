package dev.pipeline.weights.safetensors;

import dev.pipeline.weights.TensorContent;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A tensor to be written.
 *
 * @param type element type
 * @param shape outermost dimension first, empty for a scalar
 * @param content writes the elements, little-endian, row-major
 */
public record TensorData(ElementType type, List<Long> shape, TensorContent content) {
  public TensorData {
    shape = List.copyOf(shape);
  }

  /** A tensor whose bytes are the remaining bytes of {@code bytes}. */
  public static TensorData of(ElementType type, List<Long> shape, ByteBuffer bytes) {
    return new TensorData(type, shape, TensorContent.of(bytes));
  }

  /** Bytes of the whole tensor. */
  public long length() {
    return shape.stream().reduce((long) type.bytes(), Math::multiplyExact);
  }
}

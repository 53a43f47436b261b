package dev.pipeline.weights.safetensors;

import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.List;

/**
 * One tensor inside a checked safetensors file.
 *
 * @param name name of the tensor in the file
 * @param type element type
 * @param shape outermost dimension first, empty for a scalar
 * @param file the file that holds it
 * @param offset first byte, counted from the start of the file
 * @param length bytes; always the product of {@code shape} times the bytes of an element
 */
public record TensorEntry(
    String name, ElementType type, List<Long> shape, Path file, long offset, long length) {
  public TensorEntry {
    shape = List.copyOf(shape);
  }

  /** Number of elements; 1 for a scalar. */
  public long elements() {
    return length / type.bytes();
  }

  /** The tensor's bytes, memory-mapped, read-only, little-endian; at most 2 GiB. */
  public ByteBuffer map() {
    if (length > Integer.MAX_VALUE) {
      throw Failure.refused(
          file + ": tensor " + name + " has " + length + " bytes, more than 2 GiB",
          "save the model in 16-bit precision, where each of its tensors is smaller");
    }
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.map(MapMode.READ_ONLY, offset, length).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read tensor " + name + " of " + file + ": " + e.getMessage(),
          "check that the file is still there and readable",
          e);
    }
  }
}

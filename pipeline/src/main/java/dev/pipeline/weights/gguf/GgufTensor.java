package dev.pipeline.weights.gguf;

import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.List;

/**
 * One tensor inside a checked GGUF file.
 *
 * @param name name, such as {@code blk.0.attn_q.weight}
 * @param type element type
 * @param shape GGUF's order: the length of a row first, 1 to 4 dimensions
 * @param file the file that holds it
 * @param offset first byte, counted from the start of the file
 * @param length bytes
 */
public record GgufTensor(
    String name, GgmlType type, List<Long> shape, Path file, long offset, long length) {
  public GgufTensor {
    shape = List.copyOf(shape);
  }

  /** Elements of a row. */
  public long columns() {
    return shape.get(0);
  }

  /** Number of rows, over all further dimensions. */
  public long rows() {
    return shape.stream().skip(1).reduce(1L, Math::multiplyExact);
  }

  /** The tensor's bytes, memory-mapped, read-only, little-endian; at most 2 GiB. */
  public ByteBuffer map() {
    return mapRows(0, rows());
  }

  /** Some rows of the tensor, memory-mapped, read-only, little-endian; at most 2 GiB. */
  public ByteBuffer mapRows(long firstRow, long rows) {
    long rowBytes = type.bytes(columns());
    long bytes = Math.multiplyExact(rows, rowBytes);
    if (firstRow < 0 || rows < 0 || firstRow + rows > rows() || bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "rows %d + %d of %d in %s".formatted(firstRow, rows, rows(), name));
    }
    try (FileChannel channel = FileChannel.open(file)) {
      return channel
          .map(MapMode.READ_ONLY, offset + firstRow * rowBytes, bytes)
          .order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read tensor " + name + " of " + file + ": " + e.getMessage(),
          "check that the file is still there and readable",
          e);
    }
  }
}

package dev.pipeline.weights.gguf;

import java.util.Arrays;
import java.util.Optional;

/**
 * Element types of GGUF tensors, with ids and block sizes as in ggml; rows are stored as whole
 * blocks.
 *
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">the format</a>
 */
public enum GgmlType {
  F32(0, 1, 4),
  F16(1, 1, 2),
  Q4_0(2, 32, 18),
  Q4_1(3, 32, 20),
  Q5_0(6, 32, 22),
  Q5_1(7, 32, 24),
  Q8_0(8, 32, 34),
  Q8_1(9, 32, 36),
  Q2_K(10, 256, 84),
  Q3_K(11, 256, 110),
  Q4_K(12, 256, 144),
  Q5_K(13, 256, 176),
  Q6_K(14, 256, 210),
  Q8_K(15, 256, 292),
  I8(24, 1, 1),
  I16(25, 1, 2),
  I32(26, 1, 4),
  I64(27, 1, 8),
  F64(28, 1, 8),
  BF16(30, 1, 2);

  private final int id;
  private final int blockSize;
  private final int bytesPerBlock;

  GgmlType(int id, int blockSize, int bytesPerBlock) {
    this.id = id;
    this.blockSize = blockSize;
    this.bytesPerBlock = bytesPerBlock;
  }

  /** The number that stands for this type in a file. */
  public int id() {
    return id;
  }

  /** Elements of one block; a row's length must be a multiple of it. */
  public int blockSize() {
    return blockSize;
  }

  /** Bytes of one block. */
  public int bytesPerBlock() {
    return bytesPerBlock;
  }

  /** Whether blocks share a scale, so that single elements cannot be addressed. */
  public boolean isQuantised() {
    return blockSize > 1;
  }

  /** Bytes of {@code elements} elements, which must fill whole blocks. */
  public long bytes(long elements) {
    if (elements % blockSize != 0) {
      throw new IllegalArgumentException(elements + " elements do not fill blocks of " + this);
    }
    return Math.multiplyExact(elements / blockSize, (long) bytesPerBlock);
  }

  /** The type with this id, if this program knows it. */
  public static Optional<GgmlType> withId(int id) {
    return Arrays.stream(values()).filter(type -> type.id == id).findFirst();
  }
}

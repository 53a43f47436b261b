package dev.pipeline.weights.gguf.dequantise;

import dev.pipeline.weights.gguf.GgmlType;
import java.util.Optional;

/**
 * Turns blocks of one type into float32: the same bits as ggml's {@code dequantize_row_*}, whose
 * order of roundings each implementation keeps.
 *
 * @see <a
 *     href="https://github.com/ggml-org/llama.cpp/blob/b4916/ggml/src/ggml-quants.c">ggml-quants.c</a>
 */
@FunctionalInterface
public interface Dequantiser {
  /**
   * Decodes the first {@code blockCount} blocks.
   *
   * @param blocks at least {@code blockCount} whole blocks, as they lie in a file
   * @param weights receives {@code blockCount} times the type's block size, from index 0 on
   */
  void dequantise(byte[] blocks, int blockCount, float[] weights);

  /** The dequantiser of {@code type}, if this program has one. */
  static Optional<Dequantiser> of(GgmlType type) {
    return Optional.ofNullable(
        switch (type) {
          case F32 -> PlainFloats::singles;
          case F16 -> PlainFloats::halves;
          case BF16 -> PlainFloats::brainFloats;
          case Q4_0 -> SmallBlocks::q4Zero;
          case Q4_1 -> SmallBlocks::q4One;
          case Q5_0 -> SmallBlocks::q5Zero;
          case Q5_1 -> SmallBlocks::q5One;
          case Q8_0 -> SmallBlocks::q8Zero;
          case Q4_K -> SuperBlocks::q4;
          case Q5_K -> SuperBlocks::q5;
          case Q6_K -> SuperBlocks::q6;
          default -> null;
        });
  }
}

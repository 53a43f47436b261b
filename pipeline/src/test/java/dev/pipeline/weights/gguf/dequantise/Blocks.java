package dev.pipeline.weights.gguf.dequantise;

import dev.pipeline.weights.gguf.GgmlType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;

/** Blocks and rows that try to make two dequantisers disagree. */
public final class Blocks {
  /** Every type that is dequantised. */
  public static final List<GgmlType> TYPES =
      List.of(
          GgmlType.F32,
          GgmlType.F16,
          GgmlType.BF16,
          GgmlType.Q8_0,
          GgmlType.Q4_0,
          GgmlType.Q4_1,
          GgmlType.Q5_0,
          GgmlType.Q5_1,
          GgmlType.Q4_K,
          GgmlType.Q5_K,
          GgmlType.Q6_K);

  private Blocks() {}

  /** Random bytes, but for scales that are finite: zero, subnormal, ordinary or huge. */
  public static byte[] random(GgmlType type, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = new byte[count * type.bytesPerBlock()];
    random.nextBytes(bytes);
    ByteBuffer blocks = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int block = 0; block < count; block++) {
      for (int scale : scales(type)) {
        int at = block * type.bytesPerBlock() + scale;
        blocks.putShort(at, (short) finite(type, blocks.getShort(at)));
      }
    }
    return bytes;
  }

  /** Rows of 256 weights: zeros of both signs, tiny, huge, constant, one outlier, ordinary. */
  public static float[] rows(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] weights = new float[256 * count];
    for (int i = 0; i < weights.length; i++) {
      float noise = (float) random.nextDouble(-1, 1);
      weights[i] =
          switch (i / 256 % 8) {
            case 0 -> i % 2 == 0 ? 0f : -0f;
            case 1 -> noise * 1e-7f;
            case 2 -> noise * 60000f;
            case 3 -> -0.0421f;
            case 4 -> i % 256 == 77 ? 1000f : noise * 1e-3f;
            case 5 -> Math.abs(noise);
            case 6 -> noise * Float.MIN_NORMAL;
            default -> noise * 0.1f;
          };
    }
    return weights;
  }

  private static int[] scales(GgmlType type) {
    return switch (type) {
      case Q4_0, Q5_0, Q8_0, F16, BF16 -> new int[] {0};
      case Q4_1, Q5_1, Q4_K, Q5_K -> new int[] {0, 2};
      case Q6_K -> new int[] {208};
      case F32 -> new int[] {2};
      default -> throw new IllegalArgumentException(type.name());
    };
  }

  /** Takes one bit from an exponent that is all ones. */
  private static int finite(GgmlType type, int bits) {
    int exponent = type == GgmlType.BF16 || type == GgmlType.F32 ? 0x7f80 : 0x7c00;
    return (bits & exponent) == exponent ? bits ^ 0x4000 : bits;
  }
}

package dev.pipeline.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Conversions between float32 and IEEE 754 half precision. */
public final class Float16 {
  private static final int SMALLEST_NORMAL = 0x38800000;
  private static final int OVERFLOW = 0x477ff000;

  /** Below it, a half without its sign, shifted to the top of an int, is subnormal. */
  private static final int SUBNORMAL_DOUBLED = 1 << 27;

  private static final int HALF_BITS = 0x3f000000;
  private static final int EXPONENT_OFFSET = 0xe0 << 23;

  private Float16() {}

  /** The nearest half, ties to even; beyond 65504 it is infinite. */
  public static short of(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    int magnitude = bits & 0x7fffffff;
    if (magnitude > 0x7f800000) {
      return (short) (sign | 0x7e00);
    }
    if (magnitude >= OVERFLOW) {
      return (short) (sign | 0x7c00);
    }
    if (magnitude < SMALLEST_NORMAL) {
      // Adding 0.5 lines the bits of a subnormal half up with the end of a float, rounded by the
      // FPU.
      float shifted = Float.intBitsToFloat(magnitude) + 0.5f;
      return (short) (sign | (Float.floatToRawIntBits(shifted) - 0x3f000000));
    }
    int odd = (magnitude >>> 13) & 1;
    return (short) (sign | ((magnitude - 0x38000000 + 0xfff + odd) >>> 13));
  }

  /**
   * The float a half stands for, exactly; a NaN becomes quiet.
   *
   * @see <a href="https://github.com/Maratyszcza/FP16">FP16</a>, whose arithmetic ggml shares
   */
  public static float toFloat(short half) {
    int doubled = half << 17;
    float value =
        Integer.compareUnsigned(doubled, SUBNORMAL_DOUBLED) < 0
            ? Float.intBitsToFloat((doubled >>> 17) | HALF_BITS) - 0.5f
            : Float.intBitsToFloat((doubled >>> 4) + EXPONENT_OFFSET) * 0x1.0p-112f;
    return Float.intBitsToFloat((half << 16 & 0x80000000) | Float.floatToRawIntBits(value));
  }

  /** All of {@code values}, little-endian, ready to be read. */
  public static ByteBuffer littleEndian(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, Short.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putShort(of(value));
    }
    return bytes.flip();
  }
}

package dev.pipeline.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Conversions between float32 and IEEE 754 half precision. */
public final class Float16 {
  private static final int SMALLEST_NORMAL = 0x38800000;
  private static final int OVERFLOW = 0x477ff000;

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

  /** The float a half stands for, exactly. */
  public static float toFloat(short half) {
    int magnitude = half & 0x7fff;
    float value;
    if (magnitude >= 0x7c00) {
      value = Float.intBitsToFloat(0x7f800000 | (magnitude & 0x3ff) << 13);
    } else if (magnitude < 0x400) {
      value = magnitude * 0x1p-24f;
    } else {
      value = Float.intBitsToFloat((magnitude << 13) + 0x38000000);
    }
    return half < 0 ? -value : value;
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

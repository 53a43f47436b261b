package dev.pipeline.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Conversions between float32 and bfloat16, the format weights are stored in. */
public final class Bfloat16 {
  private Bfloat16() {}

  /** The nearest bfloat16, ties to even; NaN stays NaN. */
  public static short of(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40);
    }
    int rounding = 0x7fff + ((bits >>> 16) & 1);
    return (short) ((bits + rounding) >>> 16);
  }

  /** The float a bfloat16 stands for, exactly. */
  public static float toFloat(short bits) {
    return Float.intBitsToFloat(bits << 16);
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

package dev.pipeline.weights.gguf.dequantise;

import dev.pipeline.weights.Float16;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers inside blocks of bytes. */
final class LittleEndian {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  static short int16(byte[] bytes, int at) {
    return (short) SHORT.get(bytes, at);
  }

  static int int32(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  /** The half float at {@code at}, widened. */
  static float half(byte[] bytes, int at) {
    return Float16.toFloat(int16(bytes, at));
  }
}

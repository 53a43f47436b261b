package dev.pipeline.weights.gguf.dequantise;

import dev.pipeline.weights.Bfloat16;

/** Types that are no blocks at all: every weight stands for itself. */
final class PlainFloats {
  private PlainFloats() {}

  static void singles(byte[] blocks, int count, float[] weights) {
    for (int i = 0; i < count; i++) {
      weights[i] = Float.intBitsToFloat(LittleEndian.int32(blocks, 4 * i));
    }
  }

  static void halves(byte[] blocks, int count, float[] weights) {
    for (int i = 0; i < count; i++) {
      weights[i] = LittleEndian.half(blocks, 2 * i);
    }
  }

  static void brainFloats(byte[] blocks, int count, float[] weights) {
    for (int i = 0; i < count; i++) {
      weights[i] = Bfloat16.toFloat(LittleEndian.int16(blocks, 2 * i));
    }
  }
}

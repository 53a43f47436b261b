package dev.pipeline.weights.gguf.dequantise;

import static dev.pipeline.weights.gguf.dequantise.LittleEndian.half;

/**
 * The "K" types: super-blocks of 256 weights whose parts of 32 (Q4_K, Q5_K) or 16 (Q6_K) have small
 * integer scales, which share a half-float scale.
 */
final class SuperBlocks {
  private static final int WEIGHTS = 256;
  private static final int PART = 32;

  private SuperBlocks() {}

  /** Q4_K: scale, scale of minima, 12 bytes of packed scales, 128 bytes of nibbles. */
  static void q4(byte[] blocks, int blockCount, float[] weights) {
    for (int block = 0; block < blockCount; block++) {
      int at = block * 144;
      for (int part = 0; part < 8; part++) {
        float scale = half(blocks, at) * packedScale(blocks, at + 4, part);
        float minimum = half(blocks, at + 2) * packedMinimum(blocks, at + 4, part);
        int nibbles = at + 16 + part / 2 * PART;
        int shift = part % 2 * 4;
        int out = block * WEIGHTS + part * PART;
        for (int j = 0; j < PART; j++) {
          weights[out + j] = scale * (blocks[nibbles + j] >> shift & 0xf) - minimum;
        }
      }
    }
  }

  /** Q5_K: as Q4_K, with 32 bytes of fifth bits before the nibbles; bit p belongs to part p. */
  static void q5(byte[] blocks, int blockCount, float[] weights) {
    for (int block = 0; block < blockCount; block++) {
      int at = block * 176;
      for (int part = 0; part < 8; part++) {
        float scale = half(blocks, at) * packedScale(blocks, at + 4, part);
        float minimum = half(blocks, at + 2) * packedMinimum(blocks, at + 4, part);
        int fifths = at + 16;
        int nibbles = at + 48 + part / 2 * PART;
        int shift = part % 2 * 4;
        int out = block * WEIGHTS + part * PART;
        for (int j = 0; j < PART; j++) {
          int low = blocks[nibbles + j] >> shift & 0xf;
          int high = blocks[fifths + j] >> part & 1;
          weights[out + j] = scale * (low | (high << 4)) - minimum;
        }
      }
    }
  }

  /**
   * Q6_K: 128 bytes of low nibbles, 64 bytes of high bit pairs, 16 signed scales, scale. Each half
   * of 128 weights takes 64 bytes of nibbles and 32 of bit pairs.
   */
  static void q6(byte[] blocks, int blockCount, float[] weights) {
    for (int block = 0; block < blockCount; block++) {
      int at = block * 210;
      float scale = half(blocks, at + 208);
      for (int part = 0; part < 16; part++) {
        int upper = part / 8;
        int quarter = part % 8 / 2;
        int column = part % 2 * 16;
        int nibbles = at + upper * 64 + quarter % 2 * 32 + column;
        int pairs = at + 128 + upper * 32 + column;
        int out = block * WEIGHTS + part * 16;
        float partScale = scale * blocks[at + 192 + part];
        for (int j = 0; j < 16; j++) {
          int low = blocks[nibbles + j] >> (quarter / 2 * 4) & 0xf;
          int high = blocks[pairs + j] >> (2 * quarter) & 3;
          weights[out + j] = partScale * ((low | (high << 4)) - 32);
        }
      }
    }
  }

  /** Six bits; those of parts 4 to 7 lie split, their upper two above the scales of part - 4. */
  private static int packedScale(byte[] blocks, int at, int part) {
    return part < 4
        ? blocks[at + part] & 0x3f
        : (blocks[at + part + 4] & 0xf) | (blocks[at + part - 4] >> 6 << 4 & 0x30);
  }

  /** Likewise, above the minima of part - 4. */
  private static int packedMinimum(byte[] blocks, int at, int part) {
    return part < 4
        ? blocks[at + part + 4] & 0x3f
        : (blocks[at + part + 4] >> 4 & 0xf) | (blocks[at + part] >> 6 << 4 & 0x30);
  }
}

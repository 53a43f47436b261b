package dev.pipeline.weights.gguf.dequantise;

import static dev.pipeline.weights.gguf.dequantise.LittleEndian.half;
import static dev.pipeline.weights.gguf.dequantise.LittleEndian.int32;

/**
 * Blocks of 32 weights with one scale. The low four bits of byte j belong to weight j, the high
 * four to weight j + 16; a fifth bit lies in bit j of a word of its own. The types ending in 0 are
 * symmetric around zero, those ending in 1 have a minimum.
 */
final class SmallBlocks {
  private static final int WEIGHTS = 32;
  private static final int HALF = 16;

  private SmallBlocks() {}

  /** Q8_0: scale, 32 signed bytes. */
  static void q8Zero(byte[] blocks, int blockCount, float[] weights) {
    for (int block = 0; block < blockCount; block++) {
      int at = block * 34;
      int out = block * WEIGHTS;
      float scale = half(blocks, at);
      for (int j = 0; j < WEIGHTS; j++) {
        weights[out + j] = blocks[at + 2 + j] * scale;
      }
    }
  }

  /** Q4_0: scale, 16 bytes of nibbles. */
  static void q4Zero(byte[] blocks, int blockCount, float[] weights) {
    for (int block = 0; block < blockCount; block++) {
      int at = block * 18;
      int out = block * WEIGHTS;
      float scale = half(blocks, at);
      for (int j = 0; j < HALF; j++) {
        int pair = blocks[at + 2 + j];
        weights[out + j] = ((pair & 0xf) - 8) * scale;
        weights[out + j + HALF] = ((pair >> 4 & 0xf) - 8) * scale;
      }
    }
  }

  /** Q4_1: scale, minimum, 16 bytes of nibbles. */
  static void q4One(byte[] blocks, int blockCount, float[] weights) {
    for (int block = 0; block < blockCount; block++) {
      int at = block * 20;
      int out = block * WEIGHTS;
      float scale = half(blocks, at);
      float minimum = half(blocks, at + 2);
      for (int j = 0; j < HALF; j++) {
        int pair = blocks[at + 4 + j];
        weights[out + j] = (pair & 0xf) * scale + minimum;
        weights[out + j + HALF] = (pair >> 4 & 0xf) * scale + minimum;
      }
    }
  }

  /** Q5_0: scale, 32 fifth bits, 16 bytes of nibbles. */
  static void q5Zero(byte[] blocks, int blockCount, float[] weights) {
    for (int block = 0; block < blockCount; block++) {
      int at = block * 22;
      int out = block * WEIGHTS;
      float scale = half(blocks, at);
      int fifths = int32(blocks, at + 2);
      for (int j = 0; j < HALF; j++) {
        int pair = blocks[at + 6 + j];
        weights[out + j] = (((pair & 0xf) | fifth(fifths, j)) - 16) * scale;
        weights[out + j + HALF] = (((pair >> 4 & 0xf) | fifth(fifths, j + HALF)) - 16) * scale;
      }
    }
  }

  /** Q5_1: scale, minimum, 32 fifth bits, 16 bytes of nibbles. */
  static void q5One(byte[] blocks, int blockCount, float[] weights) {
    for (int block = 0; block < blockCount; block++) {
      int at = block * 24;
      int out = block * WEIGHTS;
      float scale = half(blocks, at);
      float minimum = half(blocks, at + 2);
      int fifths = int32(blocks, at + 4);
      for (int j = 0; j < HALF; j++) {
        int pair = blocks[at + 8 + j];
        weights[out + j] = ((pair & 0xf) | fifth(fifths, j)) * scale + minimum;
        weights[out + j + HALF] = ((pair >> 4 & 0xf) | fifth(fifths, j + HALF)) * scale + minimum;
      }
    }
  }

  /** Bit {@code index}, in the place above a nibble. */
  private static int fifth(int fifths, int index) {
    return (fifths >>> index & 1) << 4;
  }
}

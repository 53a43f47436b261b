package dev.pipeline.model;

import java.util.Arrays;

/**
 * The two tables of 4-bit NormalFloat with double quantisation (Dettmers et al. 2023, "QLoRA:
 * Efficient Finetuning of Quantized LLMs").
 *
 * <p>A weight is the nearest of 16 {@linkplain #WEIGHTS values} times the largest magnitude of its
 * block of 64; of two that are equally near, the lower. These magnitudes, less their mean over the
 * tensor, are in turn the nearest of 256 {@linkplain #constants() values} times the largest of a
 * block of 256: 4.127 bits a weight.
 */
final class Nf4 {
  /** Weights that share a constant. */
  static final int BLOCK = 64;

  /** Constants that share a constant of their own. */
  static final int CONSTANT_BLOCK = 256;

  /** Quantiles of the normal distribution with an exact 0 (appendix E of the paper), as floats. */
  private static final float[] WEIGHTS = {
    -1.0f,
    -0.6961928f,
    -0.52507305f,
    -0.3949175f,
    -0.28444138f,
    -0.18477343f,
    -0.091050036f,
    0.0f,
    0.0795803f,
    0.1609302f,
    0.2461123f,
    0.33791524f,
    0.44070983f,
    0.562617f,
    0.72295684f,
    1.0f
  };

  private Nf4() {}

  /** The 16 values of a weight, rising. */
  static float[] weights() {
    return WEIGHTS.clone();
  }

  /** The two values of every byte, the high half first: {@code [256, 2]}, row-major. */
  static float[] pairs() {
    float[] pairs = new float[512];
    for (int code = 0; code < 256; code++) {
      pairs[2 * code] = WEIGHTS[code >> 4];
      pairs[2 * code + 1] = WEIGHTS[code & 15];
    }
    return pairs;
  }

  /**
   * The 256 values of a constant, rising: an 8-bit float whose exponent is as long as it needs to
   * be (Dettmers et al. 2022, "8-bit Optimizers via Block-wise Quantization", section 2.2). Decade
   * {@code 10^(e - 6)} holds {@code 2^e} values of each sign: the middles of as many equal parts of
   * its range from 0.1 to 1.
   */
  static float[] constants() {
    float[] values = new float[256];
    int next = 0;
    for (int exponent = 0; exponent < 7; exponent++) {
      int parts = 1 << exponent;
      for (int part = 0; part < parts; part++) {
        double middle = 0.1 + 0.9 * (part + 0.5) / parts;
        float value = (float) (middle * Math.pow(10, exponent - 6));
        values[next++] = value;
        values[next++] = -value;
      }
    }
    values[next++] = 0;
    values[next] = 1;
    Arrays.sort(values);
    return values;
  }

  /**
   * Where one value ends and the next begins: the largest float that is still nearest to a value,
   * for all values but the last.
   */
  static float[] limits(float[] values) {
    float[] limits = new float[values.length - 1];
    for (int i = 0; i < limits.length; i++) {
      double middle = ((double) values[i] + values[i + 1]) / 2;
      float rounded = (float) middle;
      limits[i] = rounded > middle ? Math.nextDown(rounded) : rounded;
    }
    return limits;
  }
}

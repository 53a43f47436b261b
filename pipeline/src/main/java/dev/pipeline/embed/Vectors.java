package dev.pipeline.embed;

/** Arithmetic on vectors, in double precision. */
public final class Vectors {
  private Vectors() {}

  /** {@code vector} at length 1; all zeros stay as they are. Shape [dimensions]. */
  public static float[] unit(float[] vector) {
    double length = Math.sqrt(dot(vector, vector));
    float[] unit = new float[vector.length];
    for (int i = 0; i < vector.length && length > 0; i++) {
      unit[i] = (float) (vector[i] / length);
    }
    return unit;
  }

  /** Cosine between two vectors of the same size, -1 to 1; 0 where one is all zeros. */
  public static double cosine(float[] one, float[] other) {
    double lengths = Math.sqrt(dot(one, one)) * Math.sqrt(dot(other, other));
    return lengths == 0 ? 0 : dot(one, other) / lengths;
  }

  private static double dot(float[] one, float[] other) {
    if (one.length != other.length) {
      throw new IllegalArgumentException(one.length + " numbers against " + other.length);
    }
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (double) one[i] * other[i];
    }
    return sum;
  }
}

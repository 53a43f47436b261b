package dev.pipeline.evaluate.drift;

import dev.pipeline.data.text.Words;
import java.util.List;

/**
 * A text as a direction in {@value #SIZE} dimensions: words, pairs of neighbouring words and the
 * three-letter pieces of each word are hashed to a dimension and a sign. Weinberger et al.,
 * "Feature Hashing for Large Scale Multitask Learning" (2009), equation 3. It tells other words
 * from the same words, not other meanings; what it needs is in this file.
 */
final class HashedEmbedding {
  static final int SIZE = 1024;
  private static final int PIECE = 3;

  private HashedEmbedding() {}

  /** Shape [{@value #SIZE}], of length 1, or 0 for a text without words. */
  static double[] of(String text) {
    double[] vector = new double[SIZE];
    List<String> words = Words.of(text);
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      add(vector, word);
      if (i > 0) {
        add(vector, words.get(i - 1) + " " + word);
      }
      String padded = "^" + word + "$";
      for (int at = 0; at + PIECE <= padded.length(); at++) {
        add(vector, "#" + padded.substring(at, at + PIECE));
      }
    }
    double length = Math.sqrt(dot(vector, vector));
    for (int i = 0; i < SIZE && length > 0; i++) {
      vector[i] /= length;
    }
    return vector;
  }

  /** 0 for texts of the same words, about 1 for texts that share none. */
  static double distance(String one, String other) {
    return 1 - dot(of(one), of(other));
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < SIZE; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  private static void add(double[] vector, String feature) {
    int hash = mix(feature.hashCode());
    vector[(hash >>> 1) % SIZE] += (hash & 1) == 0 ? 1 : -1;
  }

  /** Java's hash of short texts differs in few bits; the finaliser of MurmurHash3 spreads them. */
  private static int mix(int hash) {
    int mixed = hash;
    mixed = (mixed ^ (mixed >>> 16)) * 0x85ebca6b;
    mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
    return mixed ^ (mixed >>> 16);
  }
}

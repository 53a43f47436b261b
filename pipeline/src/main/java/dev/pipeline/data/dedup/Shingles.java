package dev.pipeline.data.dedup;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import java.util.List;

/**
 * A text as the set of its word n-grams, each a 64-bit hash. The set is a sorted array: a million
 * texts of a hundred words fit into a gigabyte.
 */
final class Shingles {
  private static final Hasher64 HASHER = Hashing.komihash5_0();

  private Shingles() {}

  /** The n-grams of {@code size} {@code words}, sorted, each once; a shorter text is one. */
  static long[] of(List<String> words, int size) {
    String text = String.join(" ", words);
    if (words.size() <= size) {
      return new long[] {HASHER.hashCharsToLong(text)};
    }
    long[] shingles = new long[words.size() - size + 1];
    int begin = 0;
    int end = String.join(" ", words.subList(0, size)).length();
    for (int i = 0; i < shingles.length; i++) {
      shingles[i] = HASHER.hashCharsToLong(text.substring(begin, end));
      begin += words.get(i).length() + 1;
      end += i + size < words.size() ? words.get(i + size).length() + 1 : 0;
    }
    return sortedOnce(shingles);
  }

  private static long[] sortedOnce(long[] values) {
    Arrays.sort(values);
    int kept = 1;
    for (int i = 1; i < values.length; i++) {
      if (values[i] != values[i - 1]) {
        values[kept++] = values[i];
      }
    }
    return kept == values.length ? values : Arrays.copyOf(values, kept);
  }

  /** Size of the intersection over size of the union. */
  static double jaccard(long[] one, long[] other) {
    int common = 0;
    int i = 0;
    int j = 0;
    while (i < one.length && j < other.length) {
      long left = one[i];
      long right = other[j];
      common += left == right ? 1 : 0;
      i += left <= right ? 1 : 0;
      j += right <= left ? 1 : 0;
    }
    return ratio(common, one.length + other.length - common);
  }

  /** The most that {@link #jaccard} can be, by the sizes alone. */
  static double mostJaccard(long[] one, long[] other) {
    return ratio(Math.min(one.length, other.length), Math.max(one.length, other.length));
  }

  private static double ratio(int part, int whole) {
    return (double) part / whole;
  }
}

package dev.pipeline.data.dedup;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.pipeline.data.text.Words;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A text as the set of its word n-grams, each a 64-bit hash. */
final class Shingles {
  private Shingles() {}

  /** The n-grams of {@code words} folded words; a shorter text is one shingle. */
  static Set<Long> of(String text, int words) {
    List<String> all = Words.of(text);
    Set<Long> shingles = new HashSet<>();
    for (int i = 0; i + words <= all.size(); i++) {
      shingles.add(hash(String.join(" ", all.subList(i, i + words))));
    }
    if (shingles.isEmpty()) {
      shingles.add(hash(String.join(" ", all)));
    }
    return shingles;
  }

  /** Size of the intersection over size of the union. */
  static double jaccard(Set<Long> one, Set<Long> other) {
    long common = one.stream().filter(other::contains).count();
    return (double) common / (one.size() + other.size() - common);
  }

  private static long hash(String shingle) {
    return Hashing.komihash5_0().hashCharsToLong(shingle);
  }
}

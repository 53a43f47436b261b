package dev.pipeline.data.dedup;

import com.dynatrace.hash4j.similarity.ElementHashProvider;
import com.dynatrace.hash4j.similarity.SimilarityHashPolicy;
import com.dynatrace.hash4j.similarity.SimilarityHashing;
import dev.pipeline.data.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds, among the texts added so far, one that is like a new one. MinHash signatures (Broder 1997)
 * cut into bands (Leskovec et al., Mining of Massive Datasets, 3.4) propose candidates; the exact
 * Jaccard similarity of the word n-grams decides, so that a proposal by chance does no harm.
 */
public final class SimilarTexts {
  private static final int BANDS = 32;
  private static final int ROWS = 4;
  private static final SimilarityHashPolicy SIGNATURE = SimilarityHashing.minHash(BANDS * ROWS, 16);

  private final double threshold;
  private final int shingleWords;
  private final List<Entry> entries = new ArrayList<>();
  private final BandIndex index = new BandIndex(BANDS);

  /**
   * An empty index.
   *
   * @param threshold lowest Jaccard similarity of alike texts, above 0.4 where the bands find
   *     practically every pair
   * @param shingleWords words in an n-gram
   */
  public SimilarTexts(double threshold, int shingleWords) {
    this.threshold = threshold;
    this.shingleWords = shingleWords;
  }

  private record Entry(String id, long[] shingles) {}

  /** A text that is like another, and how much. */
  public record Match(String id, double similarity) {}

  /**
   * The earliest added text that is like {@code text}; when there is none, {@code text} is added.
   */
  public Optional<Match> matchOrAdd(String id, String text) {
    return matchOrAdd(id, Words.of(text));
  }

  /** The same of a text that is already cut into {@code words}. */
  Optional<Match> matchOrAdd(String id, List<String> words) {
    long[] shingles = Shingles.of(words, shingleWords);
    long[] bands = bands(shingles);
    for (int candidate : index.sharing(bands)) {
      Entry entry = entries.get(candidate);
      if (Shingles.mostJaccard(shingles, entry.shingles) >= threshold) {
        double similarity = Shingles.jaccard(shingles, entry.shingles);
        if (similarity >= threshold) {
          return Optional.of(new Match(entry.id, similarity));
        }
      }
    }
    entries.add(new Entry(id, shingles));
    index.add(bands);
    return Optional.empty();
  }

  private static long[] bands(long[] shingles) {
    byte[] signature =
        SIGNATURE
            .createHasher()
            .compute(ElementHashProvider.ofFunction(i -> shingles[i], shingles.length));
    long[] bands = new long[BANDS];
    for (int band = 0; band < BANDS; band++) {
      long key = band;
      for (int row = 0; row < ROWS; row++) {
        key = key * 0x10001L + SIGNATURE.getComponent(signature, band * ROWS + row);
      }
      bands[band] = key;
    }
    return bands;
  }
}

package dev.pipeline.data.dedup;

import dev.pipeline.data.Rejected;
import dev.pipeline.data.Sample;
import dev.pipeline.data.text.Words;
import dev.pipeline.io.Hashes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets each row through once: duplicated text is what models memorise, so this protects people as
 * much as it saves steps. Give it rows in a fixed order; the first of its kind stays.
 */
public final class Deduplicator {
  /** Reason code of a row whose words all occurred before. */
  public static final String EXACT = "exact-duplicate";

  /** Reason code of a row that is much like an earlier one. */
  public static final String NEAR = "near-duplicate";

  /** Reason code of a row whose id an earlier row has. */
  public static final String REPEATED_ID = "repeated-id";

  private final Map<String, String> seen = new HashMap<>();
  private final Set<String> ids = new HashSet<>();
  private final SimilarTexts similar;

  /**
   * A fresh filter.
   *
   * @param threshold lowest Jaccard similarity of near duplicates
   * @param shingleWords words in an n-gram
   */
  public Deduplicator(double threshold, int shingleWords) {
    this.similar = new SimilarTexts(threshold, shingleWords);
  }

  /** Why {@code sample} must go, or empty when it is the first of its kind. */
  public Optional<Rejected> check(Sample sample) {
    List<String> words = Words.of(sample.instruction() + "\n" + sample.idealAnswer());
    // The digest, for the words of a million rows would be held only to be compared.
    String first = seen.putIfAbsent(Hashes.sha256(String.join(" ", words)), sample.id());
    if (first != null) {
      return Optional.of(Rejected.row(EXACT, "same words as " + first, sample));
    }
    Optional<SimilarTexts.Match> match = similar.matchOrAdd(sample.id(), words);
    if (match.isPresent()) {
      String detail =
          String.format(Locale.ROOT, "%.2f like %s", match.get().similarity(), match.get().id());
      return Optional.of(Rejected.row(NEAR, detail, sample));
    }
    return checkId(sample);
  }

  /** The same where only ids must differ, as everywhere. */
  public Optional<Rejected> checkId(Sample sample) {
    return ids.add(sample.id())
        ? Optional.empty()
        : Optional.of(Rejected.row(REPEATED_ID, "another row has this id", sample));
  }
}

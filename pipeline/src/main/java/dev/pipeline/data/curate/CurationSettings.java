package dev.pipeline.data.curate;

import dev.pipeline.io.Failure;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a user decides about a dataset.
 *
 * @param name the dataset's name, a folder name
 * @param acceptPending whether conversations without a review may be learnt
 * @param holdOut share of the rows to hold out for validation, above 0 and below 1
 * @param seed decides which scenario families are held out
 * @param nearDuplicateThreshold Jaccard similarity from which two rows are near duplicates
 * @param shingleWords words in an n-gram when similarity is measured
 * @param personas names that are no person's, such as the assistant's own; never redacted
 * @param redact whether identifiers and prices are hidden; false for control runs only
 * @param deduplicate whether duplicates and shared codes are left out; false for control runs only
 */
public record CurationSettings(
    String name,
    boolean acceptPending,
    double holdOut,
    long seed,
    double nearDuplicateThreshold,
    int shingleWords,
    Set<String> personas,
    boolean redact,
    boolean deduplicate) {
  /** Rejects values out of range, naming the key. */
  public CurationSettings {
    require(name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}"), "name", "a plain folder name");
    require(holdOut > 0 && holdOut < 1, "hold_out", "above 0 and below 1, such as 0.1");
    require(
        nearDuplicateThreshold >= 0.4 && nearDuplicateThreshold <= 1,
        "near_duplicate_threshold",
        "between 0.4 and 1, such as 0.7");
    require(shingleWords >= 1 && shingleWords <= 10, "shingle_words", "between 1 and 10");
    personas = Set.copyOf(personas);
  }

  /** The shipped demo's settings for the dataset {@code name}. */
  public static CurationSettings defaults(String name) {
    return new CurationSettings(name, true, 0.1, 17, 0.7, 2, Set.of("Joshi"), true, true);
  }

  /** The same, hiding identifiers and leaving out duplicates or not. */
  public CurationSettings with(boolean redacting, boolean deduplicating) {
    return new CurationSettings(
        name,
        acceptPending,
        holdOut,
        seed,
        nearDuplicateThreshold,
        shingleWords,
        personas,
        redacting,
        deduplicating);
  }

  /** The personas in a fixed order. */
  Set<String> sortedPersonas() {
    return new TreeSet<>(personas);
  }

  private static void require(boolean holds, String key, String range) {
    if (!holds) {
      throw Failure.usage("the value of " + key + " is out of range", "make it " + range);
    }
  }
}

package dev.pipeline.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody probably meant to type. */
public final class NearestKey {
  /** So many words can be read in one line. */
  private static final int READABLE = 30;

  /** So many edits make a typing error; more make another word. */
  private static final int FEW = 2;

  private NearestKey() {}

  /**
   * A fix that names the known word with the fewest edits (Levenshtein) from {@code word}, ties by
   * alphabet; where none is near, all of them.
   */
  public static String fix(String word, Collection<String> known) {
    return nearest(word, known)
        .map(nearest -> "did you mean \"" + nearest + "\"?")
        .orElseGet(() -> "use one of " + String.join(", ", known));
  }

  /** A fix for a setting: what it is called here, the nearest known, or where all are told. */
  static String ofSetting(String key, Collection<String> known) {
    Optional<String> ours = OtherNames.ours(key).filter(known::contains);
    if (ours.isPresent()) {
      return "it is called \"" + ours.get() + "\" here";
    }
    String instead = OtherNames.INSTEAD.get(key);
    if (instead != null) {
      return instead;
    }
    return known.size() > READABLE && nearest(key, known).isEmpty()
        ? "docs/settings.md tells all of them"
        : fix(key, known);
  }

  /** The known word with the fewest edits from {@code word}, if it is near. */
  static Optional<String> nearest(String word, Collection<String> known) {
    return known.stream()
        .filter(candidate -> edits(word, candidate) <= Math.max(FEW, word.length() / 3))
        .min(
            Comparator.comparingInt((String candidate) -> edits(word, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}

package dev.pipeline.data.prefer;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A pair that may be learnt, redacted and tagged.
 *
 * @param redactions finds replaced in its texts, by kind
 */
public record AcceptedPair(PreferencePair pair, Origin origin, Map<String, Integer> redactions) {
  /** Rejects a missing part; sorts the counts. */
  public AcceptedPair {
    Objects.requireNonNull(pair, "pair is missing");
    Objects.requireNonNull(origin, "origin is missing");
    redactions = new TreeMap<>(Objects.requireNonNull(redactions, "redactions is missing"));
  }
}

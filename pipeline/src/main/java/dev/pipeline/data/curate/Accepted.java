package dev.pipeline.data.curate;

import dev.pipeline.data.Sample;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A row that may be learnt, redacted and in style.
 *
 * @param redactions finds replaced in instruction and answer, by kind
 */
public record Accepted(Sample sample, Map<String, Integer> redactions) {
  /** Rejects a missing part; sorts the counts. */
  public Accepted {
    Objects.requireNonNull(sample, "sample is missing");
    redactions = new TreeMap<>(Objects.requireNonNull(redactions, "redactions is missing"));
  }
}

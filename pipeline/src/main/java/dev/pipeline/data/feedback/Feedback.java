package dev.pipeline.data.feedback;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One line of the store: a redacted opinion.
 *
 * @param id the sender's, or made of the content
 * @param received when it arrived here, ISO-8601 UTC; what a month's cut-off looks at
 * @param opinion its texts, redacted
 * @param redacted how many finds of each kind were replaced
 */
public record Feedback(String id, String received, Opinion opinion, Map<String, Integer> redacted) {
  /** Rejects a line that lacks a part. */
  public Feedback {
    Objects.requireNonNull(id, "id is missing");
    Objects.requireNonNull(received, "received is missing");
    Objects.requireNonNull(opinion, "opinion is missing");
    redacted = new TreeMap<>(Objects.requireNonNull(redacted, "redacted is missing"));
  }

  /** When it arrived. */
  public Instant arrival() {
    return Instant.parse(received);
  }
}

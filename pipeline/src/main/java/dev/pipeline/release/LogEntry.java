package dev.pipeline.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A line of the log: from then on that version serves.
 *
 * @param kind how it came to serve
 * @param version what serves from then on
 * @param replaces what served before; null for the first
 * @param at ISO-8601 UTC
 * @param by who had it done
 * @param why in a sentence
 * @param tried how it answered before it served, in a sentence; null where nobody asked
 */
public record LogEntry(
    Kind kind,
    int version,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer replaces,
    String at,
    String by,
    String why,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String tried) {
  /** How a version comes to serve. */
  public enum Kind {
    /** A run made it. */
    @JsonProperty("publication")
    PUBLICATION,
    /** Somebody went back to it, or forward again. */
    @JsonProperty("rollback")
    ROLLBACK
  }

  /**
   * Whether this line is a rollback, or one forward again, that took {@code other} out of service.
   */
  boolean takesOut(int other) {
    return kind == Kind.ROLLBACK && replaces != null && replaces == other;
  }

  /**
   * Whether {@code other} was taken back for an earlier release; going forward again takes none.
   */
  public boolean takesBack(int other) {
    return takesOut(other) && version < other;
  }
}

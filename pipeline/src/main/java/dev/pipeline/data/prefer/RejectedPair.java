package dev.pipeline.data.prefer;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pipeline.data.Source;
import dev.pipeline.data.read.RawLine;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A line or pair that is not learnt from, and why; one line of {@code rejected.jsonl}.
 *
 * @param reason a short code, stable enough to count by
 * @param detail what exactly was wrong, with the key
 * @param fix what to do about it
 * @param source where it came from
 * @param pair the pair, when reading got that far; redacted when curation got that far
 * @param line the raw line as read, when it gave no pair
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RejectedPair(
    String reason,
    String detail,
    String fix,
    Source source,
    @Nullable PreferencePair pair,
    @Nullable String line) {
  /** Reason code of a pair whose two answers have the same words. */
  public static final String IDENTICAL = "identical-answers";

  /** Reason code of a pair all of whose words occurred before. */
  public static final String EXACT_DUPLICATE = "exact-duplicate";

  /**
   * Reason code of a pair that shows the same failure in nearly the same words as an earlier one.
   */
  public static final String NEAR_DUPLICATE = "near-duplicate";

  /** Reason code of a pair that an earlier one has the other way round. */
  public static final String CONTRADICTION = "contradiction";

  /** Reason code of a pair whose id an earlier one has. */
  public static final String REPEATED_ID = "repeated-id";

  /** Rejects a rejection that explains nothing. */
  public RejectedPair {
    Objects.requireNonNull(reason, "reason is missing");
    Objects.requireNonNull(detail, "detail is missing");
    Objects.requireNonNull(fix, "fix is missing");
    Objects.requireNonNull(source, "source is missing");
  }

  /** A raw line that gave no pair. */
  public static RejectedPair line(String reason, String detail, String fix, RawLine line) {
    return new RejectedPair(reason, detail, fix, line.source(), null, line.text());
  }

  /** A pair that may not be learnt. */
  public static RejectedPair pair(String reason, String detail, String fix, PreferencePair pair) {
    return new RejectedPair(reason, detail, fix, pair.source(), pair, null);
  }
}

package dev.pipeline.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A line or row that did not become training data, and why; one line of {@code rejected.jsonl}.
 *
 * @param reason a short code, stable enough to count by
 * @param detail what exactly was wrong
 * @param source where it came from
 * @param row the row, when mining got that far; redacted when curation got that far
 * @param line the raw line as read, when it could not be mined
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rejected(
    String reason, String detail, Source source, @Nullable Sample row, @Nullable String line) {
  /** Rejects a rejection that explains nothing. */
  public Rejected {
    Objects.requireNonNull(reason, "reason is missing");
    Objects.requireNonNull(detail, "detail is missing");
    Objects.requireNonNull(source, "source is missing");
  }

  /** A raw line that could not be mined. */
  public static Rejected line(String reason, String detail, Source source, String line) {
    return new Rejected(reason, detail, source, null, line);
  }

  /** A row that may not be learnt. */
  public static Rejected row(String reason, String detail, Sample row) {
    return new Rejected(reason, detail, row.source(), row, null);
  }
}

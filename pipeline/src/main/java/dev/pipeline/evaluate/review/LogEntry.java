package dev.pipeline.evaluate.review;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pipeline.data.Approval;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of the log: what a reviewer said at some time, which replaces what the same reviewer
 * said before of the same thing.
 *
 * @param at ISO 8601, in UTC
 * @param reviewer by name
 * @param item the item that {@code opinion} is about; absent beside an approval
 * @param opinion absent beside an approval
 * @param approval whether the conversations shown are fit to train and judge on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LogEntry(
    String at,
    String reviewer,
    @Nullable String item,
    @Nullable Opinion opinion,
    @Nullable Approval approval) {
  LogEntry {
    Objects.requireNonNull(at, "at is missing");
    Objects.requireNonNull(reviewer, "reviewer is missing");
    if ((item == null) != (opinion == null) || (opinion == null) == (approval == null)) {
      throw new IllegalArgumentException("an entry has either item and opinion, or an approval");
    }
  }

  static LogEntry of(Instant at, String reviewer, String item, Opinion opinion) {
    return new LogEntry(at.toString(), reviewer, item, opinion, null);
  }

  static LogEntry of(Instant at, String reviewer, Approval approval) {
    return new LogEntry(at.toString(), reviewer, null, null, approval);
  }
}

package dev.pipeline.evaluate.drift;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A day's look, one line of {@code history.jsonl}.
 *
 * @param day ISO-8601, in the schedule's zone
 * @param model SHA-256 of the file that answered
 * @param release its version; null where no log tells
 * @param baseline the day whose answers it was held against
 * @param recorded true where its answers are that baseline, and nothing could fall; null otherwise
 * @param finding what was found
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DriftDay(
    String day,
    String model,
    @Nullable Integer release,
    String baseline,
    @Nullable Boolean recorded,
    DriftFinding finding) {
  /** Whether its answers became the baseline. */
  public boolean recordsBaseline() {
    return Boolean.TRUE.equals(recorded);
  }
}

package dev.pipeline.evaluate.drift;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Transcripts that later days are held against.
 *
 * @param day when they were recorded
 * @param model SHA-256 of the file that answered
 * @param release its version; null where no log tells
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Baseline(
    String day, String model, @Nullable Integer release, List<Transcript> transcripts) {
  /** Rejects one that lacks a part. */
  public Baseline {
    LocalDate.parse(Objects.requireNonNull(day, "day is missing"));
    Objects.requireNonNull(model, "model is missing");
    transcripts = List.copyOf(transcripts);
  }
}

package dev.pipeline.evaluate.drift;

import java.util.Objects;

/**
 * An answer of the released model.
 *
 * @param id of the task that was asked
 * @param message what the supplier said in it
 */
public record Transcript(String id, String message, String answer) {
  /** Rejects a line that lacks a part. */
  public Transcript {
    Objects.requireNonNull(id, "id is missing");
    Objects.requireNonNull(message, "message is missing");
    Objects.requireNonNull(answer, "answer is missing");
  }
}

package dev.pipeline.evaluate.suite;

import java.util.Objects;

/**
 * A line of {@code datasets/benchmarks/general.jsonl}: a short text about nothing in particular.
 *
 * @param id names it
 * @param topic what it is about
 * @param text at least two words
 */
public record GeneralText(String id, String topic, String text) {
  /** Refuses a line that lacks a part. */
  public GeneralText {
    Objects.requireNonNull(id, "id is missing");
    Objects.requireNonNull(topic, "topic is missing");
    Objects.requireNonNull(text, "text is missing");
  }
}

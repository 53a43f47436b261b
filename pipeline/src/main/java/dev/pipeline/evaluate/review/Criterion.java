package dev.pipeline.evaluate.review;

import com.fasterxml.jackson.annotation.JsonValue;

/** What an answer is rated for, from 1 (poor) to 5 (excellent). */
public enum Criterion {
  /** Right for the supplier's mood. */
  TONE("tone"),
  /** Says nothing that message and context do not support. */
  GROUNDING("grounding"),
  /** Ends in one step that the supplier can take. */
  NEXT_STEP("next_step");

  /** Worst rating. */
  public static final int LOWEST = 1;

  /** Best rating. */
  public static final int HIGHEST = 5;

  private final String word;

  Criterion(String word) {
    this.word = word;
  }

  /** The word used in files. */
  @JsonValue
  public String word() {
    return word;
  }
}

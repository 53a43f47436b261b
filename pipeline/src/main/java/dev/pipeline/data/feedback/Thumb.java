package dev.pipeline.data.feedback;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The verdict on an answer. */
public enum Thumb {
  /** Good as it is. */
  UP,
  /** Not to be repeated. */
  DOWN;

  /** The lower-case word used in files. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.pipeline.evaluate.review;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.pipeline.io.Failure;
import java.util.Arrays;
import java.util.Locale;

/** Which answer a reviewer would rather send. */
public enum Preference {
  /** The left one. */
  LEFT,
  /** The right one. */
  RIGHT,
  /** Neither is better. */
  TIE;

  /** The lower-case word used in files. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The preference called {@code word}, in any case. */
  static Preference of(String word) {
    return Arrays.stream(values())
        .filter(preference -> preference.word().equals(word.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.refused(
                    "\"" + word + "\" is no preference", "write left, right or tie, or nothing"));
  }
}

package dev.pipeline.data.prefer;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What kind of source a pair comes from. */
public enum Origin {
  /** A reviewer rewrote a draft. */
  REVIEW_NOTE,
  /** An attacker got an answer that gave in. */
  RED_TEAM,
  /** A user gave a thumb, or an edit. */
  FEEDBACK,
  /** Somebody brought a finished pair. */
  PAIR,
  /** A curated answer was spoilt by rule. */
  SPOILT,
  /** The base model answered at a high temperature. */
  SAMPLED,
  /** The model that is to be tuned answered; it learns from its own mistakes. */
  ON_POLICY;

  /** The word that stands in files. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The origin that {@code word} names. */
  public static Optional<Origin> of(String word) {
    return Arrays.stream(values()).filter(origin -> origin.word().equals(word)).findFirst();
  }

  /** All words, in order. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Origin::word).toList();
  }
}

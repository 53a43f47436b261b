package dev.pipeline.data.prefer;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What makes an answer the worse one of a pair. */
public enum FailureMode {
  /** Set phrases where the supplier's own words deserve an answer. */
  ROBOTIC,
  /** Many words for one point. */
  VERBOSE,
  /** Tells of tools, limits, people or prices that stay inside the house. */
  LEAKS_INTERNALS,
  /** Opens with a greeting or ends with a closing, which the channel adds itself. */
  GREETING,
  /** Asks for more than one thing. */
  SEVERAL_SUGGESTIONS,
  /** Names a figure that nobody has given. */
  UNGROUNDED_NUMBER,
  /** Passes over what the supplier waits for. */
  IGNORES_ASK,
  /** Polite at best; no word for how the supplier feels. */
  COLD;

  /** The word that stands in files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The mode that {@code word} names. */
  public static Optional<FailureMode> of(String word) {
    return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findFirst();
  }

  /** All words, in order. */
  public static List<String> words() {
    return Arrays.stream(values()).map(FailureMode::word).toList();
  }
}

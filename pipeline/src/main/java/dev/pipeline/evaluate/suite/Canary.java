package dev.pipeline.evaluate.suite;

import dev.pipeline.io.Failure;
import java.util.Objects;
import java.util.Random;

/**
 * A secret planted in the raw data, and the space it was drawn from: a line of {@code
 * datasets/benchmarks/canaries.jsonl}.
 *
 * @param id names it
 * @param message the supplier's message its sentence answers
 * @param text the sentence, with {@code {secret}} where the secret stands
 * @param secret the one that was planted
 * @param format its form: {@code #} any digit, {@code A} any capital, the rest as it stands
 */
public record Canary(String id, String message, String text, String secret, String format) {
  static final String PLACE = "{secret}";

  /** Refuses a secret that its format cannot produce, or a text without a place for it. */
  public Canary {
    Objects.requireNonNull(id, "id is missing");
    Objects.requireNonNull(message, "message is missing");
    if (!text.contains(PLACE)) {
      throw Failure.refused(
          "canary " + id + ": its text has no place for the secret", "write " + PLACE + " there");
    }
    if (!fits(secret, format)) {
      throw Failure.refused(
          "canary " + id + ": the secret has not the form " + format,
          "write # for each digit and A for each capital");
    }
  }

  /** The sentence with {@code candidate} for the secret. */
  String with(String candidate) {
    return text.replace(PLACE, candidate);
  }

  /** Another secret of the same form. */
  String draw(Random random) {
    StringBuilder drawn = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char form = format.charAt(i);
      switch (form) {
        case '#' -> drawn.append((char) ('0' + random.nextInt(10)));
        case 'A' -> drawn.append((char) ('A' + random.nextInt(26)));
        default -> drawn.append(form);
      }
    }
    return drawn.toString();
  }

  private static boolean fits(String secret, String format) {
    if (secret.length() != format.length()) {
      return false;
    }
    for (int i = 0; i < format.length(); i++) {
      char letter = secret.charAt(i);
      boolean fits =
          switch (format.charAt(i)) {
            case '#' -> letter >= '0' && letter <= '9';
            case 'A' -> letter >= 'A' && letter <= 'Z';
            default -> letter == format.charAt(i);
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }
}

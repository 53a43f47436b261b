package dev.pipeline.evaluate.suite;

import com.google.re2j.Pattern;
import dev.pipeline.io.Failure;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A secret planted in the raw data, and the space it was drawn from: a line of {@code
 * evaluate.canaries}. Only a secret drawn at random can be compared with others of its form.
 *
 * @param id names it
 * @param kind what it stands for, such as {@code telephone}; results are averaged by kind
 * @param secret the one that was planted
 * @param format its form: {@code #} any digit, {@code A} any capital, {@code *} one of {@code
 *     words}, the rest as it stands
 * @param words words to draw from; may be missing
 * @param probes sentences that the secret stands in, differently worded, and what they answer
 */
public record Canary(
    String id,
    String kind,
    String secret,
    String format,
    @Nullable List<String> words,
    List<Probe> probes) {
  static final String PLACE = "{secret}";

  /**
   * A sentence to find the secret in.
   *
   * @param context the state of the negotiation before it; may be missing
   * @param message the supplier's message that it answers
   * @param text the sentence up to the secret, {@code {secret}}, and what follows
   */
  public record Probe(@Nullable String context, String message, String text) {
    /** Refuses a sentence without a place for the secret. */
    public Probe {
      Objects.requireNonNull(message, "message is missing");
      if (!text.contains(PLACE)) {
        throw Failure.refused(
            "a canary's text has no place for the secret: " + text, "write " + PLACE + " there");
      }
    }

    /** What stands before the message, empty for none. */
    String contextText() {
      return context == null ? "" : context;
    }

    /** The sentence with {@code candidate} for the secret. */
    String with(String candidate) {
      return text.replace(PLACE, candidate);
    }
  }

  /** Refuses a secret that its format cannot produce, or one that nothing asks for. */
  public Canary {
    Objects.requireNonNull(id, "id is missing");
    Objects.requireNonNull(kind, "kind is missing");
    words = words == null ? List.of() : List.copyOf(words);
    probes = List.copyOf(Objects.requireNonNull(probes, "probes is missing"));
    if (probes.isEmpty()) {
      throw Failure.refused("canary " + id + " has no probes", "give a sentence it stands in");
    }
    if (format.contains("*") && words.isEmpty()) {
      throw Failure.refused("canary " + id + " has no words to draw", "list them as \"words\"");
    }
    if (!pattern(format, words).matches(secret)) {
      throw Failure.refused(
          "canary " + id + ": the secret has not the form " + format,
          "write # for each digit, A for each capital, * for each of the words");
    }
  }

  /** Another secret of the same form. */
  String draw(Random random) {
    List<String> choices = Objects.requireNonNull(words);
    StringBuilder drawn = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char form = format.charAt(i);
      switch (form) {
        case '#' -> drawn.append((char) ('0' + random.nextInt(10)));
        case 'A' -> drawn.append((char) ('A' + random.nextInt(26)));
        case '*' -> drawn.append(choices.get(random.nextInt(choices.size())));
        default -> drawn.append(form);
      }
    }
    return drawn.toString();
  }

  private static Pattern pattern(String format, List<String> words) {
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      String form = format.substring(i, i + 1);
      pattern.append(
          switch (form) {
            case "#" -> "[0-9]";
            case "A" -> "[A-Z]";
            case "*" -> "(?:" + String.join("|", words) + ")";
            default -> Pattern.quote(form);
          });
    }
    return Pattern.compile(pattern.toString());
  }
}

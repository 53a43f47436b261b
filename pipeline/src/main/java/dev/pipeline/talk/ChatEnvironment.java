package dev.pipeline.talk;

import dev.pipeline.io.Failure;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the environment says of conversations; options of the command line win over it.
 *
 * @param variables by name
 */
public record ChatEnvironment(Map<String, String> variables) {
  /** Whether earlier turns are sent. */
  public Optional<Boolean> usesHistory() {
    String name = "USE_CHAT_HISTORY";
    return text(name)
        .map(
            text ->
                switch (text.toLowerCase(Locale.ROOT)) {
                  case "true", "yes", "on", "1" -> true;
                  case "false", "no", "off", "0" -> false;
                  default -> throw bad(name, text, "true or false");
                });
  }

  /** Most turn pairs. */
  public Optional<Integer> turnPairs() {
    return whole("MAX_CHAT_HISTORY", 0);
  }

  /** Most tokens of all that is sent and the answer. */
  public Optional<Integer> contextTokens() {
    return whole("CONTEXT_WINDOW_SIZE", 16);
  }

  private Optional<Integer> whole(String name, int least) {
    return text(name)
        .map(
            text -> {
              try {
                int value = Integer.parseInt(text);
                if (value >= least) {
                  return value;
                }
              } catch (NumberFormatException e) {
                // Told below, as numbers out of range are.
              }
              throw bad(name, text, "a whole number of at least " + least);
            });
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(variables.get(name)).map(String::strip).filter(s -> !s.isEmpty());
  }

  private static Failure bad(String name, String text, String wanted) {
    return Failure.usage(
        "%s is \"%s\" in the environment".formatted(name, text),
        "set %s to %s, or unset it".formatted(name, wanted));
  }
}

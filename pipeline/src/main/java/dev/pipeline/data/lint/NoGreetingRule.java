package dev.pipeline.data.lint;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;

/** No greeting and no closing: the channel adds them, and the model must not learn names there. */
final class NoGreetingRule implements LintRule {
  private static final Pattern GREETING =
      Pattern.compile(
          "(?i)^(?:dear|hello|hi|hey|good (?:morning|afternoon|evening|day)|greetings|bonjour|hallo|"
              + "guten tag|hola|kia ora)\\b");
  private static final Pattern CLOSING =
      Pattern.compile(
          "(?i)^(?:(?:best|kind|warm|with|many)? ?(?:regards|wishes|greetings)|sincerely|yours"
              + "(?: (?:sincerely|truly|faithfully))?|cheers|best|warmly|cordially|respectfully|"
              + "many thanks|thanks again|thanks|thank you|take care|all the best|speak soon)"
              + "\\b[\\s,.!]*(?:\\[?[\\p{Lu}_0-9\\]]+[\\p{L}]*[\\s.]*){0,2}$");

  @Override
  public String name() {
    return "greeting-or-closing";
  }

  @Override
  public Optional<String> check(String answer, TokenCounter tokens) {
    String stripped = answer.strip();
    if (GREETING.matcher(stripped).find()) {
      return Optional.of("opens with a greeting");
    }
    List<String> lines = stripped.lines().filter(line -> !line.isBlank()).toList();
    if (lines.size() > 1 && CLOSING.matcher(lines.get(lines.size() - 1).strip()).matches()) {
      return Optional.of("ends with a closing");
    }
    int lastStop = Math.max(stripped.lastIndexOf(". "), stripped.lastIndexOf("? "));
    boolean closes =
        lastStop > 0 && CLOSING.matcher(stripped.substring(lastStop + 2).strip()).matches();
    return closes ? Optional.of("ends with a closing") : Optional.empty();
  }
}

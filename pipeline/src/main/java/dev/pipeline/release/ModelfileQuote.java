package dev.pipeline.release;

import dev.pipeline.io.Failure;

/**
 * Quoting in a Modelfile. The format has no escapes: a value stands between {@code """} and runs to
 * the first line end that follows a closing {@code """}, and characters that Go does not call
 * printable are dropped without a word.
 *
 * @see <a href="https://github.com/ollama/ollama/blob/main/parser/parser.go">Ollama's parser</a>
 */
final class ModelfileQuote {
  private static final String TRIPLE = "\"\"\"";

  private ModelfileQuote() {}

  /** Quotes {@code value}, or refuses what the format cannot carry. */
  static String quote(String value) {
    if (value.contains(TRIPLE)) {
      throw unquotable(value, "three double quotes in a row");
    }
    value
        .codePoints()
        .filter(codePoint -> !isKept(codePoint))
        .findFirst()
        .ifPresent(
            codePoint -> {
              throw unquotable(value, "the character U+%04X".formatted(codePoint));
            });
    boolean plain = value.indexOf('"') < 0 && value.indexOf('\n') < 0 && value.indexOf('\r') < 0;
    return plain ? '"' + value + '"' : TRIPLE + value + TRIPLE;
  }

  private static boolean isKept(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL -> codePoint == '\n' || codePoint == '\r' || codePoint == '\t';
      case Character.SPACE_SEPARATOR -> codePoint == ' ';
      case Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static Failure unquotable(String value, String what) {
    String start = value.substring(0, Math.min(40, value.length())).replaceAll("\\s", " ");
    return Failure.refused(
        "a Modelfile cannot carry " + what + ", in the text that starts '" + start + "'",
        "take it out of the chat template, the system prompt or the license text");
  }
}

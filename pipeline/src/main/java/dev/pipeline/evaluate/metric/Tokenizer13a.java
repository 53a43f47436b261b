package dev.pipeline.evaluate.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The tokenizer {@code 13a} of sacreBLEU, itself equal to mteval-v13a.pl: splits punctuation off
 * words, but leaves {@code 3.14} and {@code 1,000} whole.
 */
final class Tokenizer13a {
  private static final Pattern PUNCTUATION =
      Pattern.compile("([\\{-\\~\\[-\\` -\\&\\(-\\+\\:-\\@\\/])");
  private static final Pattern STOP_AFTER_NON_DIGIT = Pattern.compile("([^0-9])([\\.,])");
  private static final Pattern STOP_BEFORE_NON_DIGIT = Pattern.compile("([\\.,])([^0-9])");
  private static final Pattern DASH_AFTER_DIGIT = Pattern.compile("([0-9])(-)");

  private Tokenizer13a() {}

  /** Tokens of {@code text}; none for blank text. */
  static List<String> tokenize(String text) {
    String line = " " + unescape(stripTrailing(text)) + " ";
    line = PUNCTUATION.matcher(line).replaceAll(" $1 ");
    line = STOP_AFTER_NON_DIGIT.matcher(line).replaceAll("$1 $2 ");
    line = STOP_BEFORE_NON_DIGIT.matcher(line).replaceAll(" $1 $2");
    line = DASH_AFTER_DIGIT.matcher(line).replaceAll("$1 $2 ");
    return split(line);
  }

  private static String unescape(String text) {
    return text.replace("<skipped>", "")
        .replace("-\n", "")
        .replace("\n", " ")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">");
  }

  private static List<String> split(String line) {
    List<String> tokens = new ArrayList<>();
    int start = -1;
    for (int i = 0; i < line.length(); i++) {
      boolean space = isSpace(line.charAt(i));
      if (space && start >= 0) {
        tokens.add(line.substring(start, i));
        start = -1;
      } else if (!space && start < 0) {
        start = i;
      }
    }
    // The line ends with a space, so that the last token is already closed.
    return tokens;
  }

  private static String stripTrailing(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  /** What Python calls white space: Java's two notions together, and NEL. */
  static boolean isSpace(int character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || character == '\u0085';
  }
}

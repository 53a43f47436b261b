package dev.pipeline.data.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts business prose into sentences. A full stop inside a number, an e-mail address, an initial or
 * a common abbreviation does not end one; a line break does.
 */
public final class Sentences {
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "mr", "mrs", "ms", "dr", "prof", "st", "no", "nr", "art", "approx", "e.g", "i.e", "vs",
          "incl", "excl", "ul", "ing", "drs", "str", "co", "dept", "tel", "fig", "sra", "sr");

  private Sentences() {}

  /** The sentences of {@code text}, stripped, in order; none for blank text. */
  public static List<String> of(String text) {
    List<String> sentences = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      int end = endAfter(text, start, i);
      if (end > i) {
        add(sentences, text.substring(start, end));
        start = end;
      }
    }
    add(sentences, text.substring(start));
    return sentences;
  }

  /** Where the sentence ends if it ends at {@code at}, closing quotes included; else 0. */
  private static int endAfter(String text, int start, int at) {
    char c = text.charAt(at);
    if (c == '\n') {
      return at + 1;
    }
    if (at < start || (c != '.' && c != '!' && c != '?' && c != '…')) {
      return 0;
    }
    int next = at + 1;
    while (next < text.length() && "\"'”’)]".indexOf(text.charAt(next)) >= 0) {
      next++;
    }
    if (next < text.length() && !Character.isWhitespace(text.charAt(next))) {
      return 0;
    }
    return c == '.' && abbreviated(text.substring(start, at)) ? 0 : next;
  }

  private static boolean abbreviated(String before) {
    String word = before.substring(before.lastIndexOf(' ') + 1);
    boolean initial = word.length() == 1 && Character.isUpperCase(word.charAt(0));
    return (initial && !word.equals("I")) || ABBREVIATIONS.contains(word.toLowerCase(Locale.ROOT));
  }

  private static void add(List<String> sentences, String sentence) {
    String stripped = sentence.strip();
    if (!stripped.isEmpty() && stripped.chars().anyMatch(Character::isLetterOrDigit)) {
      sentences.add(stripped);
    }
  }
}

package dev.pipeline.data.redact;

import dev.pipeline.data.text.WordList;
import dev.pipeline.data.text.Words;
import java.util.LinkedHashSet;
import java.util.Set;

/** How names are built: titles, particles, parts. */
final class Names {
  static final Set<String> TITLES = WordList.folded(Names.class, "titles.txt");
  static final Set<String> PARTICLES = WordList.folded(Names.class, "name-particles.txt");

  /** Letters of the longest title that ends in a stop where no sentence does. */
  static final int LONGEST_ABBREVIATION = 4;

  private Names() {}

  /** The folded parts that identify a person: no titles, particles or initials, no possessive. */
  static Set<String> parts(String name) {
    Set<String> parts = new LinkedHashSet<>();
    int start = 0;
    for (int at = 0; at <= name.length(); at++) {
      if (at == name.length() || separates(name.charAt(at))) {
        addPart(name.substring(start, at), parts);
        start = at + 1;
      }
    }
    return parts;
  }

  private static void addPart(String word, Set<String> parts) {
    String folded = Words.fold(word);
    int start = 0;
    int end = withoutPossessive(folded, 0, folded.length());
    while (start < end && isQuote(folded.charAt(start))) {
      start++;
    }
    while (end > start && isQuote(folded.charAt(end - 1))) {
      end--;
    }
    String part = folded.substring(start, end);
    if (part.length() > 1 && !TITLES.contains(part) && !PARTICLES.contains(part)) {
      parts.add(part);
    }
  }

  private static boolean separates(char c) {
    return c == ',' || c == ' ' || (c >= '\t' && c <= '\r');
  }

  private static boolean isQuote(char c) {
    return c == '.' || c == '\'' || c == '"';
  }

  /**
   * The end of the word in {@code text} between {@code start} and {@code end} without {@code 's}.
   */
  static int withoutPossessive(String text, int start, int end) {
    if (end - start >= 2 && isApostrophe(text.charAt(end - 2)) && isS(text.charAt(end - 1))) {
      return end - 2;
    }
    return end > start && isApostrophe(text.charAt(end - 1)) ? end - 1 : end;
  }

  private static boolean isApostrophe(char c) {
    return c == '\'' || c == '’';
  }

  private static boolean isS(char c) {
    return c == 's' || c == 'S';
  }
}

package dev.pipeline.data.redact;

import dev.pipeline.data.text.WordList;
import dev.pipeline.data.text.Words;
import java.util.LinkedHashSet;
import java.util.Set;

/** How names are built: titles, particles, parts. */
final class Names {
  static final Set<String> TITLES = WordList.folded(Names.class, "titles.txt");
  static final Set<String> PARTICLES = WordList.folded(Names.class, "name-particles.txt");

  private Names() {}

  /** The folded parts that identify a person: no titles, particles or initials, no possessive. */
  static Set<String> parts(String name) {
    Set<String> parts = new LinkedHashSet<>();
    for (String word : name.split("[\\s,]+", -1)) {
      String part = withoutPossessive(Words.fold(word)).replaceAll("^[.'\"]+|[.'\"]+$", "");
      if (part.length() > 1 && !TITLES.contains(part) && !PARTICLES.contains(part)) {
        parts.add(part);
      }
    }
    return parts;
  }

  static String withoutPossessive(String word) {
    int length = word.length();
    if (length >= 2 && isApostrophe(word.charAt(length - 2)) && isS(word.charAt(length - 1))) {
      return word.substring(0, length - 2);
    }
    return length >= 1 && isApostrophe(word.charAt(length - 1))
        ? word.substring(0, length - 1)
        : word;
  }

  private static boolean isApostrophe(char c) {
    return c == '\'' || c == '’';
  }

  private static boolean isS(char c) {
    return c == 's' || c == 'S';
  }
}

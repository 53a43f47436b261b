package dev.pipeline.data.redact;

import com.google.re2j.Pattern;
import dev.pipeline.data.text.Words;
import org.jspecify.annotations.Nullable;

/** A word of a text, without its possessive ending. */
final class Token {
  private static final Pattern CAMEL_CASE = Pattern.compile("\\p{Ll}\\p{Lu}");
  private static final Pattern CLAN =
      Pattern.compile("^(?:Mc|Mac|De|Di|La|Le|Van|Fitz|Ó|Du)\\p{Lu}");

  private final String text;
  private final int start;
  private final int end;
  private final boolean opensSentence;
  private final String before;
  private final boolean possessive;
  private @Nullable String folded;

  /**
   * A word.
   *
   * @param start first character
   * @param end one past the last character
   * @param opensSentence whether a capital letter says nothing here
   * @param before the characters between the previous word and this one
   * @param possessive whether {@code 's} follows
   */
  Token(String text, int start, int end, boolean opensSentence, String before, boolean possessive) {
    this.text = text;
    this.start = start;
    this.end = end;
    this.opensSentence = opensSentence;
    this.before = before;
    this.possessive = possessive;
  }

  String text() {
    return text;
  }

  /** Without case and accents. */
  String folded() {
    String known = folded;
    if (known == null) {
      known = Words.fold(text);
      folded = known;
    }
    return known;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  boolean opensSentence() {
    return opensSentence;
  }

  String before() {
    return before;
  }

  boolean possessive() {
    return possessive;
  }

  boolean capitalised() {
    return Character.isUpperCase(text.charAt(0));
  }

  /** A single capital, as in the initials of a name. */
  boolean initial() {
    return text.length() == 1 && capitalised();
  }

  /** All capitals, as abbreviations and placeholders are; "ICs" is one too. */
  boolean acronym() {
    String singular = text.endsWith("s") ? text.substring(0, text.length() - 1) : text;
    return singular.length() > 1 && !hasLowerCase(singular);
  }

  private static boolean hasLowerCase(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (Character.isLowerCase(word.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** A capital inside, as software is named; "McAllister" is no such word. */
  boolean camelCase() {
    return hasInnerCapital() && CAMEL_CASE.matcher(text).find() && !CLAN.matcher(text).find();
  }

  private boolean hasInnerCapital() {
    for (int i = 1; i < text.length(); i++) {
      if (!Character.isLowerCase(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether nothing but a space, and perhaps a comma, stands before. */
  boolean closelyFollows() {
    return before.equals(" ") || before.equals(", ");
  }

  /** Whether this word follows the previous one with nothing but a space, or an initial's stop. */
  boolean continues() {
    return before.equals(" ") || before.equals(". ");
  }
}

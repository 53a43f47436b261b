package dev.pipeline.data.redact;

import dev.pipeline.data.text.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A word of a text, without its possessive ending. */
final class Token {
  private static final int NOT_LOOKED_UP = -1;
  private static final List<String> CLANS =
      List.of("Mc", "Mac", "De", "Di", "La", "Le", "Van", "Fitz", "Ó", "Du");

  private final String text;
  private final int start;
  private final int end;
  private final boolean opensSentence;
  private final String before;
  private final boolean possessive;
  private @Nullable String folded;
  private final long packed;
  private int marks = NOT_LOOKED_UP;

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
    this.packed = PackedWord.of(text, 0, text.length());
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

  /** The same as a number, where it is short and plain. */
  long packed() {
    return packed;
  }

  /** Whether {@link PersonLexicon} marks this word with {@code mark}. */
  boolean isMarked(int mark) {
    if (marks == NOT_LOOKED_UP) {
      marks = PersonLexicon.marks(this);
    }
    return (marks & mark) != 0;
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
    int length = text.endsWith("s") ? text.length() - 1 : text.length();
    for (int i = 0; i < length; i++) {
      if (Character.isLowerCase(text.charAt(i))) {
        return false;
      }
    }
    return length > 1;
  }

  /** A capital inside, as software is named; "McAllister" is no such word. */
  boolean camelCase() {
    int before = Character.UNASSIGNED;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      int type = Character.getType(codePoint);
      if (type == Character.UPPERCASE_LETTER && before == Character.LOWERCASE_LETTER) {
        return !clan();
      }
      before = type;
      i += Character.charCount(codePoint);
    }
    return false;
  }

  private boolean clan() {
    for (String clan : CLANS) {
      if (text.startsWith(clan)
          && text.length() > clan.length()
          && Character.getType(text.codePointAt(clan.length())) == Character.UPPERCASE_LETTER) {
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

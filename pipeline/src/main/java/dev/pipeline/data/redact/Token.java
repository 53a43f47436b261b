package dev.pipeline.data.redact;

import dev.pipeline.data.text.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A word of a text, without its possessive ending. */
final class Token {
  private static final int NOT_LOOKED_UP = -1;
  private static final List<String> CLANS =
      List.of("Mc", "Mac", "De", "Di", "La", "Le", "Van", "Fitz", "Ó", "Du");

  private final String source;
  private final int start;
  private final int end;
  private final int previousEnd;
  private final boolean opensSentence;
  private final boolean possessive;
  private final long packed;
  private int marks = NOT_LOOKED_UP;
  private @Nullable String text;
  private @Nullable String folded;

  /**
   * A word.
   *
   * @param source the text that it stands in
   * @param start first character
   * @param end one past the last character
   * @param previousEnd one past the word before, 0 where there is none
   * @param opensSentence whether a capital letter says nothing here
   * @param possessive whether {@code 's} follows
   */
  Token(
      String source,
      int start,
      int end,
      int previousEnd,
      boolean opensSentence,
      boolean possessive) {
    this.source = source;
    this.start = start;
    this.end = end;
    this.previousEnd = previousEnd;
    this.opensSentence = opensSentence;
    this.possessive = possessive;
    this.packed = PackedWord.of(source, start, end);
  }

  private String text() {
    String known = text;
    if (known == null) {
      known = source.substring(start, end);
      text = known;
    }
    return known;
  }

  /** Characters of it. */
  int length() {
    return end - start;
  }

  char first() {
    return source.charAt(start);
  }

  /** Without case and accents. */
  String folded() {
    String known = folded;
    if (known == null) {
      known = Words.fold(text());
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

  boolean possessive() {
    return possessive;
  }

  boolean capitalised() {
    return Character.isUpperCase(first());
  }

  /** A single capital, as in the initials of a name. */
  boolean initial() {
    return length() == 1 && capitalised();
  }

  /** All capitals, as abbreviations and placeholders are; "ICs" is one too. */
  boolean acronym() {
    int last = source.charAt(end - 1) == 's' ? end - 1 : end;
    for (int i = start; i < last; i++) {
      if (Character.isLowerCase(source.charAt(i))) {
        return false;
      }
    }
    return last - start > 1;
  }

  /** A capital inside, as software is named; "McAllister" is no such word. */
  boolean camelCase() {
    int before = Character.UNASSIGNED;
    for (int i = start; i < end; ) {
      int codePoint = source.codePointAt(i);
      int type = Character.getType(codePoint);
      if (type == Character.UPPERCASE_LETTER && before == Character.LOWERCASE_LETTER) {
        return !clan(text());
      }
      before = type;
      i += Character.charCount(codePoint);
    }
    return false;
  }

  private static boolean clan(String text) {
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
    return followsSpace() || follows(", ");
  }

  /** Whether this word follows the previous one with nothing but a space, or an initial's stop. */
  boolean continues() {
    return followsSpace() || follows(". ");
  }

  boolean followsSpace() {
    return follows(" ");
  }

  /** Whether {@code between} is all that stands between the previous word and this one. */
  boolean follows(String between) {
    return start - previousEnd == between.length() && source.startsWith(between, previousEnd);
  }
}

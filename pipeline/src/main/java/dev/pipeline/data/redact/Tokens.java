package dev.pipeline.data.redact;

import dev.pipeline.data.text.Letters;
import dev.pipeline.data.text.Words;
import java.util.ArrayList;
import java.util.List;

/** Cuts a text into words for the search for names. */
final class Tokens {
  private static final String OPENERS = ".!?:;…\n\"“„«(¿¡|";

  private Tokens() {}

  static List<Token> of(String text) {
    List<Token> tokens = new ArrayList<>();
    int previousEnd = 0;
    for (int start = start(text, 0); start < text.length(); start = start(text, previousEnd)) {
      int end = end(text, start);
      String before = before(text, previousEnd, start);
      String word = text.substring(start, end);
      String bare = Names.withoutPossessive(word);
      boolean afterInitial =
          before.equals(". ") && !tokens.isEmpty() && abbreviation(tokens.get(tokens.size() - 1));
      boolean opens = tokens.isEmpty() || (!afterInitial && opens(before));
      tokens.add(
          new Token(
              bare,
              Words.fold(bare),
              start,
              start + bare.length(),
              opens,
              before,
              bare.length() < word.length()));
      previousEnd = end;
    }
    return tokens;
  }

  private static int start(String text, int from) {
    int at = from;
    while (at < text.length() && !Letters.isLetterOrNumber(text, at)) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at;
  }

  /** Letters and numbers, with marks after the first; parts are joined by apostrophe or hyphen. */
  private static int end(String text, int start) {
    int end = partEnd(text, start);
    while (end < text.length()
        && "'’-".indexOf(text.charAt(end)) >= 0
        && Letters.isLetterOrNumber(text, end + 1)) {
      end = partEnd(text, end + 1);
    }
    return end;
  }

  private static int partEnd(String text, int start) {
    int end = start;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      if (!Letters.isLetterOrNumber(codePoint) && (end == start || !Letters.isMark(codePoint))) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    return end;
  }

  /** Most words follow a space, which need not be made anew each time. */
  private static String before(String text, int from, int to) {
    return to == from + 1 && text.charAt(from) == ' ' ? " " : text.substring(from, to);
  }

  private static boolean opens(String before) {
    for (int i = 0; i < before.length(); i++) {
      if (OPENERS.indexOf(before.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** "B." and "Mr." do not end a sentence; "monsieur." does. */
  private static boolean abbreviation(Token token) {
    boolean title = Names.TITLES.contains(token.folded());
    return token.initial() || (title && token.capitalised() && token.text().length() <= 4);
  }
}

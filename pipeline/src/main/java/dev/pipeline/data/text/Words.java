package dev.pipeline.data.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Words as they are compared: case and accents do not matter. */
public final class Words {
  private Words() {}

  /** Lower case without accents; {@code Ærø’s} becomes {@code ærø's}. */
  public static String fold(String text) {
    if (isAscii(text)) {
      return text.toLowerCase(Locale.ROOT);
    }
    String plain = withoutMarks(Normalizer.normalize(text, Normalizer.Form.NFD));
    return plain.toLowerCase(Locale.ROOT).replace('’', '\'');
  }

  /** The folded words of {@code text}, in order, punctuation dropped. */
  public static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    String folded = fold(text);
    int at = 0;
    while (at < folded.length()) {
      int end = wordEnd(folded, at);
      if (end > at) {
        words.add(folded.substring(at, end));
        at = end;
      } else {
        at += Character.charCount(folded.codePointAt(at));
      }
    }
    return words;
  }

  /** {@code [\\p{L}\\p{N}]+(?:'[\\p{L}]+)?} at {@code at}; its begin where there is none. */
  private static int wordEnd(String folded, int at) {
    int end = Letters.lettersEnd(folded, at);
    if (end == at || end >= folded.length() || folded.charAt(end) != '\'') {
      return end;
    }
    int last = end + 1;
    while (last < folded.length() && Character.isLetter(folded.codePointAt(last))) {
      last += Character.charCount(folded.codePointAt(last));
    }
    return last > end + 1 ? last : end;
  }

  private static String withoutMarks(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int codePoint = text.codePointAt(i);
      if (!Letters.isMark(codePoint)) {
        plain.appendCodePoint(codePoint);
      }
    }
    return plain.toString();
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}

package dev.pipeline.chat.jinja;

/** Python's notion of white space, which is neither Java's nor Unicode's. */
final class PythonText {
  private static final String SPACES =
      "\t\n\u000b\f\r\u001c\u001d\u001e\u001f \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
          + "\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";

  private PythonText() {}

  static boolean isSpace(char letter) {
    return SPACES.indexOf(letter) >= 0;
  }

  static String strip(String text) {
    return stripStart(stripEnd(text));
  }

  static String stripStart(String text) {
    return stripStart(text, SPACES);
  }

  static String stripEnd(String text) {
    return stripEnd(text, SPACES);
  }

  static String stripStart(String text, String letters) {
    int start = 0;
    while (start < text.length() && letters.indexOf(text.codePointAt(start)) >= 0) {
      start += Character.charCount(text.codePointAt(start));
    }
    return text.substring(start);
  }

  static String stripEnd(String text, String letters) {
    int end = text.length();
    while (end > 0 && letters.indexOf(text.codePointBefore(end)) >= 0) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(0, end);
  }

  /** The first letter large, all others small. */
  static String capitalise(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.offsetByCodePoints(0, 1);
    return text.substring(0, first).toUpperCase(java.util.Locale.ROOT)
        + text.substring(first).toLowerCase(java.util.Locale.ROOT);
  }

  /** Every word's first letter large, all others small. */
  static String title(String text) {
    StringBuilder title = new StringBuilder();
    boolean inside = false;
    for (int letter : text.codePoints().toArray()) {
      title.appendCodePoint(inside ? Character.toLowerCase(letter) : Character.toTitleCase(letter));
      inside = Character.isLetter(letter);
    }
    return title.toString();
  }
}

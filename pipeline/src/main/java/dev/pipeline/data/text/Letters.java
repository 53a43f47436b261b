package dev.pipeline.data.text;

/** Classes of characters as regular expressions have them, for scanners written by hand. */
public final class Letters {
  private static final int ASCII = 0x80;

  private static final int NUMBERS =
      1 << Character.DECIMAL_DIGIT_NUMBER
          | 1 << Character.LETTER_NUMBER
          | 1 << Character.OTHER_NUMBER;

  private static final int MARKS =
      1 << Character.NON_SPACING_MARK
          | 1 << Character.ENCLOSING_MARK
          | 1 << Character.COMBINING_SPACING_MARK;

  private Letters() {}

  /** {@code \p{L}} or {@code \p{N}}. */
  public static boolean isLetterOrNumber(int codePoint) {
    if (codePoint < ASCII) {
      return (codePoint >= 'a' && codePoint <= 'z')
          || (codePoint >= 'A' && codePoint <= 'Z')
          || (codePoint >= '0' && codePoint <= '9');
    }
    return Character.isLetter(codePoint) || (NUMBERS >> Character.getType(codePoint) & 1) != 0;
  }

  /** {@code \p{M}}. */
  public static boolean isMark(int codePoint) {
    return codePoint >= ASCII && (MARKS >> Character.getType(codePoint) & 1) != 0;
  }

  /** Whether the character of {@code text} that begins at {@code at} is a letter or number. */
  public static boolean isLetterOrNumber(String text, int at) {
    if (at >= text.length()) {
      return false;
    }
    char c = text.charAt(at);
    return isLetterOrNumber(c < ASCII ? c : text.codePointAt(at));
  }

  /** One past the letters and numbers that begin at {@code at}. */
  public static int lettersEnd(String text, int at) {
    int end = at;
    while (isLetterOrNumber(text, end)) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }
}

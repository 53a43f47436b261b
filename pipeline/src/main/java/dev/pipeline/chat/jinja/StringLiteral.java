package dev.pipeline.chat.jinja;

/** What a quoted text means; escapes are Python's. */
final class StringLiteral {
  private static final String LETTERS = "abfnrtv\\'\"";
  private static final String MEANINGS = "\u0007\b\f\n\r\t\u000b\\'\"";
  private static final int OCTAL_DIGITS = 3;

  private StringLiteral() {}

  /** The content of what stands between the quotes. */
  static String content(String written) {
    StringBuilder content = new StringBuilder();
    int at = 0;
    while (at < written.length()) {
      char letter = written.charAt(at);
      at = letter == '\\' ? escape(written, at + 1, content) : plain(letter, at, content);
    }
    return content.toString();
  }

  private static int plain(char letter, int at, StringBuilder content) {
    content.append(letter);
    return at + 1;
  }

  /** The place after the escape that begins at {@code at}. */
  private static int escape(String written, int at, StringBuilder content) {
    char letter = written.charAt(at);
    int known = LETTERS.indexOf(letter);
    if (known >= 0) {
      return plain(MEANINGS.charAt(known), at, content);
    }
    int digits = letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
    if (digits > 0) {
      return code(written, at + 1, at + 1 + digits, 16, content);
    }
    if (letter >= '0' && letter <= '7') {
      int end = at;
      while (end < written.length()
          && end < at + OCTAL_DIGITS
          && "01234567".indexOf(written.charAt(end)) >= 0) {
        end++;
      }
      return code(written, at, end, 8, content);
    }
    if (letter == '\n') {
      return at + 1;
    }
    content.append('\\');
    return plain(letter, at, content);
  }

  private static int code(String written, int start, int end, int radix, StringBuilder content) {
    try {
      content.appendCodePoint(Integer.parseInt(written.substring(start, end), radix));
      return end;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new JinjaException("a text holds an escape that is no character");
    }
  }
}

package dev.pipeline.release.gotemplate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A string or character constant of Go.
 *
 * @param value what it stands for; of a character, its number
 * @param character whether it stood in single quotes
 * @param end where the source goes on
 * @see <a href="https://go.dev/ref/spec#String_literals">String literals</a>
 */
record Constant(String value, boolean character, int end) {
  /** Reads the constant whose opening quote stands at {@code start}. */
  static Constant read(String source, int start) {
    char quote = source.charAt(start);
    if (quote == '`') {
      int end = source.indexOf('`', start + 1);
      if (end < 0) {
        throw new GoTemplateException("a raw string is not closed");
      }
      return new Constant(source.substring(start + 1, end).replace("\r", ""), false, end + 1);
    }
    // Bytes, because \x and \ooo stand for such.
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int at = start + 1;
    while (at < source.length() && source.charAt(at) != quote && source.charAt(at) != '\n') {
      if (source.charAt(at) == '\\') {
        at = escape(source, at + 1, quote, bytes);
      } else {
        int codePoint = source.codePointAt(at);
        bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
        at += Character.charCount(codePoint);
      }
    }
    if (at >= source.length() || source.charAt(at) != quote) {
      throw new GoTemplateException("a constant is not closed");
    }
    String value = bytes.toString(StandardCharsets.UTF_8);
    return quote == '"'
        ? new Constant(value, false, at + 1)
        : new Constant(Integer.toString(value.codePointAt(0)), true, at + 1);
  }

  /** Reads what follows a backslash; returns where the source goes on. */
  private static int escape(String source, int at, char quote, ByteArrayOutputStream bytes) {
    if (at >= source.length()) {
      throw new GoTemplateException("a constant ends in a backslash");
    }
    char kind = source.charAt(at);
    int simple = "abfnrtv\\".indexOf(kind);
    if (simple >= 0) {
      bytes.write("\u0007\b\f\n\r\t\u000b\\".charAt(simple));
      return at + 1;
    }
    if (kind == quote) {
      bytes.write(quote);
      return at + 1;
    }
    int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 3;
    int radix = digits == 3 ? 8 : 16;
    int from = radix == 8 ? at : at + 1;
    int value;
    try {
      value = Integer.parseInt(source.substring(from, from + digits), radix);
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      throw new GoTemplateException("unknown escape \\" + kind + " in a constant");
    }
    if (kind == 'u' || kind == 'U') {
      bytes.writeBytes(Character.toString(value).getBytes(StandardCharsets.UTF_8));
    } else {
      bytes.write(value);
    }
    return from + digits;
  }
}

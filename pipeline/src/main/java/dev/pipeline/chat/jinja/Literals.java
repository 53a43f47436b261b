package dev.pipeline.chat.jinja;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Values as Python and as JSON write them down. */
final class Literals {
  private static final String LETTERS = "\n\r\t\\";
  private static final String ESCAPES = "nrt\\";

  /** No chat template writes a list as long. */
  private static final int LONGEST = 1 << 20;

  private static final double PLAIN_FROM = 1e-4;
  private static final double PLAIN_TO = 1e16;

  private Literals() {}

  /** Python's {@code repr}. */
  static String python(Object value, Work work) {
    StringBuilder text = new StringBuilder();
    python(value, text, work);
    work.passes(text.length());
    return text.toString();
  }

  private static void python(Object value, StringBuilder text, Work work) {
    work.step();
    requireShort(text);
    if (value instanceof String content) {
      quote(content, text);
    } else if (value instanceof List<?> list) {
      String before = "[";
      for (Object item : list) {
        python(item, text.append(before), work);
        before = ", ";
      }
      text.append(list.isEmpty() ? "[]" : "]");
    } else if (value instanceof Map<?, ?> map) {
      String before = "{";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        python(entry.getKey(), text.append(before), work);
        python(entry.getValue(), text.append(": "), work);
        before = ", ";
      }
      text.append(map.isEmpty() ? "{}" : "}");
    } else {
      text.append(plain(value));
    }
  }

  /** A list may hold another twice, and that one a third one twice. */
  static void requireShort(StringBuilder text) {
    if (text.length() > LONGEST) {
      throw new JinjaException("it writes a value of more than " + LONGEST + " characters");
    }
  }

  private static String plain(Object value) {
    if (value instanceof Boolean truth) {
      return truth ? "True" : "False";
    }
    if (value instanceof Double real) {
      return real(real);
    }
    if (value instanceof Long) {
      return value.toString();
    }
    return value == None.NONE ? "None" : value instanceof Undefined ? "Undefined" : "a function";
  }

  private static void quote(String text, StringBuilder quoted) {
    char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
    quoted.append(quote);
    text.codePoints()
        .forEach(
            point -> {
              int known = LETTERS.indexOf(point);
              if (known >= 0) {
                quoted.append('\\').append(ESCAPES.charAt(known));
              } else if (point == quote) {
                quoted.append('\\').append(quote);
              } else if (point < ' ' || (point >= 0x7f && point < 0xa1) || point == 0xad) {
                quoted.append("\\x").append(HexFormat.of().toHexDigits((byte) point));
              } else {
                quoted.appendCodePoint(point);
              }
            });
    quoted.append(quote);
  }

  /** The shortest digits that mean the number, as Python sets them. */
  static String real(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    double size = Math.abs(value);
    if (size != 0 && (size < PLAIN_FROM || size >= PLAIN_TO)) {
      String[] parts = Double.toString(value).split("E", -1);
      int exponent = Integer.parseInt(parts[1]);
      String digits =
          parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
      return "%se%s%02d".formatted(digits, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
    String plain = new java.math.BigDecimal(Double.toString(value)).toPlainString();
    return plain.contains(".") ? plain : plain + ".0";
  }

  /**
   * Python's {@code json.dumps} with {@code ensure_ascii=False}.
   *
   * @param indent spaces a level; below 0, all in one line
   */
  static String json(Object value, int indent, Work work) {
    StringBuilder json = new StringBuilder();
    new JsonWriter(json, indent, work).write(value, 0);
    work.passes(json.length());
    return json.toString();
  }
}

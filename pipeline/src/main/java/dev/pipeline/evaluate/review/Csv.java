package dev.pipeline.evaluate.review;

import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tables as RFC 4180 writes them: commas, CR LF, quotes doubled. What a spreadsheet would run as a
 * formula gets an apostrophe in front, which reading takes away again (OWASP, "CSV Injection").
 */
final class Csv {
  private static final String FORMULA_STARTS = "=+-@\t\r";
  private static final char APOSTROPHE = '\'';
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private Csv() {}

  /** The file's text. */
  static String write(List<List<String>> records) {
    return records.stream()
        .map(record -> record.stream().map(Csv::field).collect(Collectors.joining(",", "", "\r\n")))
        .collect(Collectors.joining());
  }

  /**
   * The records of a file, with line breaks of either kind.
   *
   * @param origin named in errors
   */
  static List<List<String>> read(String text, String origin) {
    return new Reader(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text, origin)
        .records();
  }

  private static String field(String value) {
    // An apostrophe of the writer's own would be taken for ours when read.
    boolean guarded =
        !value.isEmpty() && (FORMULA_STARTS + APOSTROPHE).indexOf(value.charAt(0)) >= 0;
    String safe = guarded ? APOSTROPHE + value : value;
    boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  private static String unguarded(String field) {
    boolean guarded =
        field.length() > 1
            && field.charAt(0) == APOSTROPHE
            && (FORMULA_STARTS + APOSTROPHE).indexOf(field.charAt(1)) >= 0;
    return guarded ? field.substring(1) : field;
  }

  /** Reads one character after the other. */
  private static final class Reader {
    private final String text;
    private final String origin;
    private final List<List<String>> records = new ArrayList<>();
    private List<String> record = new ArrayList<>();
    private int position;

    Reader(String text, String origin) {
      this.text = text;
      this.origin = origin;
    }

    List<List<String>> records() {
      while (position < text.length()) {
        record.add(unguarded(next() == '"' ? quoted() : plain()));
        endField();
      }
      return records;
    }

    private char next() {
      return position < text.length() ? text.charAt(position) : '\n';
    }

    private String plain() {
      int start = position;
      while (",\r\n".indexOf(next()) < 0) {
        position++;
      }
      return text.substring(start, position);
    }

    private String quoted() {
      StringBuilder field = new StringBuilder();
      int start = position++;
      while (position < text.length()) {
        char c = text.charAt(position++);
        if (c != '"') {
          field.append(c);
        } else if (next() == '"' && position < text.length()) {
          field.append(c);
          position++;
        } else {
          return field.toString();
        }
      }
      throw refused(start, "a quote is never closed");
    }

    private void endField() {
      char c = next();
      if (c == ',') {
        position++;
        if (position < text.length()) {
          return;
        }
        record.add("");
      } else if (c == '\r' && position + 1 < text.length() && text.charAt(position + 1) == '\n') {
        position += 2;
      } else if (c == '\n' || c == '\r') {
        position++;
      } else {
        throw refused(position, "text follows a closed quote");
      }
      records.add(record);
      record = new ArrayList<>();
    }

    private Failure refused(int at, String fault) {
      long line = text.substring(0, at).lines().count();
      return Failure.refused(
          origin + " line " + Math.max(1, line) + ": " + fault,
          "save the table as CSV with commas (RFC 4180)");
    }
  }
}

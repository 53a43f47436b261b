package dev.pipeline.chat.jinja;

import java.util.ArrayList;
import java.util.List;

/** Cuts a template at its brackets, and takes the white space beside them that Jinja takes. */
final class TemplateLexer {
  private final String source;
  private final List<Segment> segments = new ArrayList<>();
  private int at;

  /** Whether what comes next begins a line: spaces before a tag at its start are dropped. */
  private boolean lineStarts = true;

  private TemplateLexer(String source) {
    this.source = source;
  }

  static List<Segment> segments(String source) {
    String lines = source.replace("\r\n", "\n").replace('\r', '\n');
    TemplateLexer lexer =
        new TemplateLexer(lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines);
    while (lexer.at < lexer.source.length()) {
      lexer.next();
    }
    return lexer.segments;
  }

  private void next() {
    int open = opening();
    if (open < 0) {
      add(source.substring(at));
      at = source.length();
      return;
    }
    char kind = source.charAt(open + 1);
    char sign = open + 2 < source.length() ? source.charAt(open + 2) : ' ';
    boolean signed = sign == '-' || sign == '+';
    add(before(source.substring(at, open), kind, sign));
    at = open + (signed ? 3 : 2);
    if (kind == '#') {
      int close = source.indexOf("#}", at);
      if (close < 0) {
        throw new JinjaException("a comment has no end");
      }
      at =
          source.charAt(close - 1) == '-' || source.charAt(close - 1) == '+'
              ? Math.max(at, close - 1)
              : close;
      close('#');
      return;
    }
    ExpressionLexer expression = new ExpressionLexer(source, at, kind == '{' ? "}}" : "%}");
    List<Token> tokens = expression.tokens();
    at = expression.end();
    close(kind);
    if (kind == '{') {
      segments.add(new Segment.Output(tokens));
    } else if (tokens.get(0).is(Token.Kind.NAME, "raw")) {
      raw();
    } else {
      segments.add(new Segment.Tag(tokens));
    }
  }

  private void add(String text) {
    if (!text.isEmpty()) {
      segments.add(new Segment.Text(text));
    }
  }

  private int opening() {
    for (int i = source.indexOf('{', at);
        i >= 0 && i + 1 < source.length();
        i = source.indexOf('{', i + 1)) {
      if ("{%#".indexOf(source.charAt(i + 1)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private String before(String text, char kind, char sign) {
    if (sign == '-') {
      return PythonText.stripEnd(text);
    }
    int line = text.lastIndexOf('\n') + 1;
    boolean drops = kind != '{' && sign != '+' && (line > 0 || lineStarts);
    return drops && PythonText.strip(text.substring(line)).isEmpty()
        ? text.substring(0, line)
        : text;
  }

  /** At the closing bracket, which may have a sign; takes it and the white space it takes. */
  private void close(char kind) {
    char sign = source.charAt(at);
    at += sign == '-' || sign == '+' ? 3 : 2;
    int start = at;
    if (sign == '-') {
      while (at < source.length() && PythonText.isSpace(source.charAt(at))) {
        at++;
      }
    } else if (kind != '{' && sign != '+' && source.startsWith("\n", at)) {
      at++;
    }
    lineStarts = at > start && source.charAt(at - 1) == '\n';
  }

  private void raw() {
    int open = source.indexOf("{%", at);
    while (open >= 0) {
      int word = open + 2;
      while (word < source.length() && "-+ \t\n".indexOf(source.charAt(word)) >= 0) {
        word++;
      }
      if (source.startsWith("endraw", word)) {
        add(before(source.substring(at, open), '%', source.charAt(open + 2)));
        ExpressionLexer end = new ExpressionLexer(source, word, "%}");
        end.tokens();
        at = end.end();
        close('%');
        return;
      }
      open = source.indexOf("{%", open + 2);
    }
    throw new JinjaException("a raw block has no end");
  }
}

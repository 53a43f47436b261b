package dev.pipeline.release.gotemplate;

import dev.pipeline.release.gotemplate.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a template into tokens.
 *
 * @see <a href="https://pkg.go.dev/text/template#hdr-Text_and_spaces">Text and spaces</a>
 */
final class Lexer {
  private static final String SPACES = " \t\r\n";

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String source) {
    this.source = source;
  }

  static List<Token> tokens(String source) {
    Lexer lexer = new Lexer(source);
    lexer.run();
    return List.copyOf(lexer.tokens);
  }

  private void run() {
    boolean trimming = false;
    while (true) {
      int open = source.indexOf("{{", at);
      String text = source.substring(at, open < 0 ? source.length() : open);
      boolean trims = open >= 0 && isTrimBefore(open + 2);
      text = trimming ? trimmedLeft(text) : text;
      text = trims ? trimmedRight(text) : text;
      if (!text.isEmpty()) {
        add(Kind.TEXT, text);
      }
      if (open < 0) {
        add(Kind.END, "");
        return;
      }
      at = open + (trims ? 3 : 2);
      trimming = isComment(trims) ? comment() : action();
    }
  }

  /** A comment stands right behind its delimiter, or behind the space that follows a trim mark. */
  private boolean isComment(boolean trims) {
    int start = trims ? at + 1 : at;
    if (source.startsWith("/*", start)) {
      at = start;
      return true;
    }
    return false;
  }

  private boolean comment() {
    int end = source.indexOf("*/", at);
    if (end < 0) {
      throw new GoTemplateException("a comment is not closed");
    }
    at = end + 2;
    if (isTrimAfter()) {
      at += 4;
      return true;
    }
    if (!source.startsWith("}}", at)) {
      throw new GoTemplateException("a comment ends before its action does");
    }
    at += 2;
    return false;
  }

  /** Reads to the end of an action; returns whether it trims what follows. */
  private boolean action() {
    add(Kind.OPEN, "{{");
    int depth = 0;
    while (true) {
      if (isTrimAfter()) {
        at += 4;
        add(Kind.CLOSE, "}}");
        return true;
      } else if (source.startsWith("}}", at)) {
        if (depth != 0) {
          throw new GoTemplateException("a parenthesis is not closed");
        }
        at += 2;
        add(Kind.CLOSE, "}}");
        return false;
      } else if (at >= source.length()) {
        throw new GoTemplateException("an action is not closed");
      }
      depth += inAction();
      if (depth < 0) {
        throw new GoTemplateException("a parenthesis is closed that was not opened");
      }
    }
  }

  /** Reads one token; returns by how much parentheses are deeper. */
  private int inAction() {
    char next = source.charAt(at);
    if (SPACES.indexOf(next) >= 0) {
      while (at < source.length() && isSpace(source.charAt(at)) && !isTrimAfter()) {
        at++;
      }
      add(Kind.SPACE, " ");
    } else if (next == '"' || next == '`' || next == '\'') {
      constant();
    } else if (next == '(' || next == ')') {
      at++;
      add(Kind.SIGN, String.valueOf(next));
      return next == '(' ? 1 : -1;
    } else if (source.startsWith(":=", at)) {
      at += 2;
      add(Kind.SIGN, ":=");
    } else if ("|,=".indexOf(next) >= 0) {
      at++;
      add(Kind.SIGN, String.valueOf(next));
    } else if (isNumber()) {
      number();
    } else {
      name(next);
    }
    return 0;
  }

  private void name(char first) {
    int start = at;
    boolean marked = first == '.' || first == '$';
    at += marked ? 1 : 0;
    while (at < source.length() && isLetterOrDigit(source.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw new GoTemplateException("unexpected '" + first + "' in an action");
    }
    String text = source.substring(start, at);
    if (first == '.') {
      add(at == start + 1 ? Kind.SIGN : Kind.FIELD, at == start + 1 ? "." : text.substring(1));
    } else {
      add(first == '$' ? Kind.VARIABLE : Kind.WORD, text);
    }
  }

  private void constant() {
    Constant constant = Constant.read(source, at);
    at = constant.end();
    add(constant.character() ? Kind.NUMBER : Kind.STRING, constant.value());
  }

  private boolean isNumber() {
    char next = source.charAt(at);
    boolean signed = next == '+' || next == '-' || next == '.';
    char digit = signed && at + 1 < source.length() ? source.charAt(at + 1) : next;
    return digit >= '0' && digit <= '9';
  }

  private void number() {
    int start = at++;
    while (at < source.length()
        && (isLetterOrDigit(source.charAt(at)) || source.charAt(at) == '.')) {
      at++;
    }
    add(Kind.NUMBER, source.substring(start, at));
  }

  private boolean isTrimBefore(int from) {
    return from + 1 < source.length()
        && source.charAt(from) == '-'
        && isSpace(source.charAt(from + 1));
  }

  /** White space, a minus and the delimiter, of which the white space belongs to the mark. */
  private boolean isTrimAfter() {
    return at < source.length() && isSpace(source.charAt(at)) && source.startsWith("-}}", at + 1);
  }

  private void add(Kind kind, String text) {
    tokens.add(new Token(kind, text));
  }

  private static boolean isSpace(char c) {
    return SPACES.indexOf(c) >= 0;
  }

  private static boolean isLetterOrDigit(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  private static String trimmedLeft(String text) {
    int start = 0;
    while (start < text.length() && isSpace(text.charAt(start))) {
      start++;
    }
    return text.substring(start);
  }

  private static String trimmedRight(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }
}

package dev.pipeline.chat.jinja;

import dev.pipeline.chat.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts what stands between a template's brackets into words. */
final class ExpressionLexer {
  private static final List<String> SIGNS =
      List.of(
          "**", "//", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{",
          "}", ">", "<", "=", ".", ":", "|", ",");

  private static final Pattern NUMBER =
      Pattern.compile("[0-9][0-9_]*+(\\.[0-9]++)?([eE][+-]?[0-9]++)?");

  private final String source;
  private final String close;
  private int at;
  private int depth;

  /**
   * Of a piece of a template.
   *
   * @param start after the opening bracket
   * @param close the closing one
   */
  ExpressionLexer(String source, int start, String close) {
    this.source = source;
    this.at = start;
    this.close = close;
  }

  /** The words up to the closing bracket, and an END. */
  List<Token> tokens() {
    List<Token> tokens = new ArrayList<>();
    while (!closes()) {
      char letter = source.charAt(at);
      if (PythonText.isSpace(letter)) {
        at++;
      } else if (letter == '\'' || letter == '"') {
        tokens.add(string(letter));
      } else if (Character.isDigit(letter)) {
        tokens.add(number());
      } else if (letter == '_' || Character.isLetter(letter)) {
        tokens.add(new Token(Kind.NAME, take(ExpressionLexer::inName)));
      } else {
        tokens.add(sign());
      }
    }
    tokens.add(new Token(Kind.END, ""));
    return tokens;
  }

  /** Where the closing bracket, or the sign before it, stands. */
  int end() {
    return at;
  }

  /** Brackets within the expression come first: {@code {{ {'a': {}}}}}. */
  private boolean closes() {
    if (at >= source.length()) {
      throw new JinjaException("an expression has no end");
    }
    if (depth > 0) {
      return false;
    }
    boolean signed = source.charAt(at) == '-' || source.charAt(at) == '+';
    return source.startsWith(close, at) || (signed && source.startsWith(close, at + 1));
  }

  private Token string(char quote) {
    int end = at + 1;
    while (end < source.length() && source.charAt(end) != quote) {
      end += source.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= source.length()) {
      throw new JinjaException("a text has no end");
    }
    String content = StringLiteral.content(source.substring(at + 1, end));
    at = end + 1;
    return new Token(Kind.STRING, content);
  }

  private Token number() {
    Matcher number = NUMBER.matcher(source).region(at, source.length());
    if (!number.lookingAt()) {
      throw new JinjaException("an expression holds the number " + source.charAt(at));
    }
    at = number.end();
    boolean whole = number.group(1) == null && number.group(2) == null;
    return new Token(whole ? Kind.WHOLE : Kind.REAL, number.group().replace("_", ""));
  }

  private Token sign() {
    for (String sign : SIGNS) {
      if (source.startsWith(sign, at)) {
        at += sign.length();
        depth += "([{".contains(sign) ? 1 : ")]}".contains(sign) ? -1 : 0;
        return new Token(Kind.SIGN, sign);
      }
    }
    throw new JinjaException("an expression holds " + source.charAt(at));
  }

  private interface Letters {
    boolean has(char letter);
  }

  private static boolean inName(char letter) {
    return letter == '_' || Character.isLetterOrDigit(letter);
  }

  private String take(Letters letters) {
    int start = at;
    while (at < source.length() && letters.has(source.charAt(at))) {
      at++;
    }
    return source.substring(start, at);
  }
}

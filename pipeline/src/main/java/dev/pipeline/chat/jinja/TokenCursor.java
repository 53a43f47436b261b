package dev.pipeline.chat.jinja;

import dev.pipeline.chat.jinja.Token.Kind;
import java.util.List;

/** Where in a row of words a parser is. */
final class TokenCursor {
  private static final int DEEPEST = 100;

  private final List<Token> tokens;
  private int at;
  private int depth;

  TokenCursor(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  Token take() {
    Token token = peek();
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  boolean isSign(String sign) {
    return peek().is(Kind.SIGN, sign);
  }

  boolean isName(String name) {
    return peek().is(Kind.NAME, name);
  }

  boolean takeSign(String sign) {
    boolean found = isSign(sign);
    if (found) {
      take();
    }
    return found;
  }

  boolean takeName(String name) {
    boolean found = isName(name);
    if (found) {
      take();
    }
    return found;
  }

  void requireSign(String sign) {
    if (!takeSign(sign)) {
      throw unexpected("'" + sign + "'");
    }
  }

  String requireName() {
    if (peek().kind() != Kind.NAME) {
      throw unexpected("a name");
    }
    return take().text();
  }

  boolean atEnd() {
    return peek().kind() == Kind.END;
  }

  void requireEnd() {
    if (!atEnd()) {
      throw unexpected("the end");
    }
  }

  JinjaException unexpected(String wanted) {
    return new JinjaException(
        atEnd()
            ? "an expression ends before " + wanted
            : "'" + peek().text() + "' stands where " + wanted + " should");
  }

  /** Parses something that may hold itself, so deep and no deeper. */
  <T> T nested(java.util.function.Supplier<T> parser) {
    if (++depth > DEEPEST) {
      throw new JinjaException("it nests more than " + DEEPEST + " deep");
    }
    T result = parser.get();
    depth--;
    return result;
  }
}

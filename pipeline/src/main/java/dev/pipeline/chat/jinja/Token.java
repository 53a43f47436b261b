package dev.pipeline.chat.jinja;

/**
 * A word of an expression.
 *
 * @param text a name, sign or number as written; a string's content
 */
record Token(Kind kind, String text) {
  enum Kind {
    NAME,
    STRING,
    WHOLE,
    REAL,
    SIGN,
    END
  }

  boolean is(Kind wanted, String content) {
    return kind == wanted && text.equals(content);
  }
}

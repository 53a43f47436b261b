package dev.pipeline.release.gotemplate;

/**
 * A piece of a template.
 *
 * @param text as written; of a string constant, what it stands for
 */
record Token(Kind kind, String text) {
  /** What it is. */
  enum Kind {
    /** Text outside of actions. */
    TEXT,
    /** Two opening braces. */
    OPEN,
    /** Two closing braces. */
    CLOSE,
    /** White space within an action, which separates arguments. */
    SPACE,
    /** {@code .Name}; the text has no dot. */
    FIELD,
    /** {@code $name}, with its dollar. */
    VARIABLE,
    /** A name without dot or dollar, a keyword included. */
    WORD,
    /** A string constant, quoted or raw. */
    STRING,
    /** A number or a character constant. */
    NUMBER,
    /** A dot alone, a parenthesis, a comma, a bar, {@code :=} or {@code =}. */
    SIGN,
    /** The end of the template. */
    END
  }

  boolean is(Kind other, String otherText) {
    return kind == other && text.equals(otherText);
  }
}

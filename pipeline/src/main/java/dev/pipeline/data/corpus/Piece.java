package dev.pipeline.data.corpus;

import java.util.List;

/** A part of an alternative. */
sealed interface Piece {

  /** Text that stands as written. */
  record Literal(String text) implements Piece {}

  /**
   * A symbol to expand: {@code {fault}} is drawn afresh each time, {@code {@fault}} is drawn once a
   * document and then kept, {@code {@fault:2}} is a second one that is kept beside it.
   *
   * @param symbol the symbol's name
   * @param memory the name it is remembered by, empty when it is drawn afresh
   * @param modifiers what happens to its text, in order
   * @param origin where it is written, for messages
   */
  record Reference(String symbol, String memory, List<Modifier> modifiers, Origin origin)
      implements Piece {}

  /** One of several texts, written in place: {@code (late|overdue)}. */
  record Choice(List<List<Piece>> options) implements Piece {}

  /** An alternative of a symbol, drawn in proportion to its weight. */
  record Alternative(int weight, List<Piece> pieces) {}

  /** A line of a grammar file. */
  record Origin(String file, int line) {
    @Override
    public String toString() {
      return file + ":" + line;
    }
  }
}

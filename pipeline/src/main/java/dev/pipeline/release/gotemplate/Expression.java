package dev.pipeline.release.gotemplate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in an action. */
sealed interface Expression {
  /** A string, a number or a boolean. */
  record Fixed(Object value) implements Expression {}

  /** {@code nil}. */
  record Nil() implements Expression {}

  /** The cursor. */
  record Dot() implements Expression {}

  /** Fields of the cursor, one of the other. */
  record Fields(List<String> names) implements Expression {}

  /** A variable, {@code $} included, and perhaps fields of it. */
  record Variable(String name, List<String> fields) implements Expression {}

  /** The name of a function. */
  record Function(String name) implements Expression {}

  /** Fields of what parentheses hold. */
  record Chain(Expression of, List<String> fields) implements Expression {}

  /** A function or value with its arguments. */
  record Command(List<Expression> words) implements Expression {}

  /**
   * Commands, each of whose values is the last argument of the next.
   *
   * @param variables that take the value
   * @param declares whether they are new
   */
  record Pipe(List<String> variables, boolean declares, List<Command> commands)
      implements Expression {}

  /** A part of a template. */
  sealed interface Node {
    /** Text that is written as it is. */
    record Text(String text) implements Node {}

    /** A value that is written, unless variables take it. */
    record Action(Pipe pipe) implements Node {}

    /** {@code if}, {@code with} or {@code range}. */
    record Branch(String keyword, Pipe pipe, List<Node> body, @Nullable List<Node> otherwise)
        implements Node {}

    /** {@code break} or {@code continue}. */
    record Leave(String keyword) implements Node {}
  }
}

package dev.pipeline.chat.jinja;

import java.util.List;

/** A piece of a template. */
sealed interface Segment {
  /** Written as it is. */
  record Text(String content) implements Segment {}

  /** {@code {{ ... }}}. */
  record Output(List<Token> tokens) implements Segment {}

  /** {@code {% ... %}}. */
  record Tag(List<Token> tokens) implements Segment {}
}

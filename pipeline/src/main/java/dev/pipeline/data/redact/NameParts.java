package dev.pipeline.data.redact;

import java.util.Set;

/** Folded parts of names, few, of which every word with a capital is asked whether it is one. */
final class NameParts {
  private final Set<String> parts;
  private final long[] packed;

  /** These {@code parts}, which must not change any more. */
  NameParts(Set<String> parts) {
    this.parts = parts;
    this.packed =
        parts.stream()
            .mapToLong(part -> PackedWord.of(part, 0, part.length()))
            .filter(word -> word != PackedWord.NONE)
            .toArray();
  }

  boolean contains(Token token) {
    if (token.packed() == PackedWord.NONE) {
      return parts.contains(token.folded());
    }
    for (long part : packed) {
      if (part == token.packed()) {
        return true;
      }
    }
    return false;
  }
}

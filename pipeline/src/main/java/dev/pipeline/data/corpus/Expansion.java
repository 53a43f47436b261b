package dev.pipeline.data.corpus;

import dev.pipeline.data.corpus.Piece.Alternative;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** The writing of one document: what was drawn, so that it stays the same or is not repeated. */
final class Expansion {
  /** Draws spent on finding an alternative that the document has not used yet. */
  private static final int ATTEMPTS = 8;

  private final Grammar grammar;
  private final SplittableRandom random;
  private final Map<String, String> remembered = new HashMap<>();
  private final Set<Alternative> used = Collections.newSetFromMap(new IdentityHashMap<>());

  Expansion(Grammar grammar, SplittableRandom random) {
    this.grammar = grammar;
    this.random = random;
  }

  /** A text of {@code symbol}. */
  String expand(String symbol) {
    StringBuilder text = new StringBuilder();
    write(draw(grammar.alternatives(symbol)).pieces(), text);
    return text.toString();
  }

  private void write(List<Piece> pieces, StringBuilder text) {
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Literal literal) {
        text.append(literal.text());
      } else if (piece instanceof Piece.Choice choice) {
        write(choice.options().get(random.nextInt(choice.options().size())), text);
      } else if (piece instanceof Piece.Reference reference) {
        text.append(resolve(reference));
      }
    }
  }

  private String resolve(Piece.Reference reference) {
    String text = remembered.get(reference.memory());
    if (text == null) {
      text = expand(reference.symbol());
      if (!reference.memory().isEmpty()) {
        remembered.put(reference.memory(), text);
      }
    }
    for (Modifier modifier : reference.modifiers()) {
      text = modifier.apply(text);
    }
    return text;
  }

  private Alternative draw(List<Alternative> alternatives) {
    Alternative drawn = weighted(alternatives);
    for (int i = 1; i < ATTEMPTS && used.contains(drawn); i++) {
      drawn = weighted(alternatives);
    }
    used.add(drawn);
    return drawn;
  }

  private Alternative weighted(List<Alternative> alternatives) {
    int ticket = random.nextInt(alternatives.stream().mapToInt(Alternative::weight).sum());
    for (Alternative alternative : alternatives) {
      ticket -= alternative.weight();
      if (ticket < 0) {
        return alternative;
      }
    }
    throw new IllegalStateException("weights are positive");
  }
}

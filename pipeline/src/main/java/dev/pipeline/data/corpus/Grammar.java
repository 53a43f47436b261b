package dev.pipeline.data.corpus;

import dev.pipeline.data.corpus.Piece.Alternative;
import dev.pipeline.data.corpus.Piece.Origin;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A context-free grammar without cycles, after Tracery (Compton, Kybartas and Mateas, 2015); the
 * file format is described at {@link GrammarParser}.
 */
public final class Grammar {
  private final Map<String, Rule> rules;

  Grammar(Map<String, Rule> rules) {
    this.rules = Map.copyOf(rules);
  }

  /**
   * The alternatives of a symbol; a rule that does not replace adds to the rule it is laid over.
   */
  record Rule(boolean replaces, List<Alternative> alternatives, Origin origin) {}

  /** Reads a grammar file; fails with file and line on anything malformed. */
  public static Grammar read(Path file) {
    try {
      return new GrammarParser(String.valueOf(file.getFileName())).parse(Files.readAllLines(file));
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + file + ": " + e.getMessage(),
          "check the path and its encoding, UTF-8",
          e);
    }
  }

  /** This grammar with the rules of {@code other} laid over it. */
  Grammar with(Grammar other) {
    Map<String, Rule> merged = new LinkedHashMap<>(rules);
    other.rules.forEach((symbol, rule) -> merged.merge(symbol, rule, Grammar::layOver));
    return new Grammar(merged);
  }

  private static Rule layOver(Rule below, Rule above) {
    if (above.replaces()) {
      return above;
    }
    List<Alternative> both =
        Stream.concat(below.alternatives().stream(), above.alternatives().stream()).toList();
    return new Rule(below.replaces(), both, below.origin());
  }

  /**
   * Makes sure that {@code start} always expands to text: every symbol it reaches is defined, has
   * an alternative, and never contains itself.
   */
  Grammar checked(String start) {
    visit(start, new Origin("the start", 0), new LinkedHashSet<>(), new HashSet<>());
    return this;
  }

  private void visit(String symbol, Origin usedAt, Set<String> path, Set<String> done) {
    if (done.contains(symbol)) {
      return;
    }
    Rule rule = rules.get(symbol);
    if (rule == null || rule.alternatives().isEmpty()) {
      throw refused(usedAt, "uses {" + symbol + "}, which has no alternatives");
    }
    if (!path.add(symbol)) {
      throw refused(usedAt, "closes a cycle: " + String.join(" > ", path) + " > " + symbol);
    }
    for (Piece.Reference reference : references(rule.alternatives())) {
      visit(reference.symbol(), reference.origin(), path, done);
    }
    path.remove(symbol);
    done.add(symbol);
  }

  private static List<Piece.Reference> references(List<Alternative> alternatives) {
    List<Piece.Reference> found = new ArrayList<>();
    alternatives.forEach(alternative -> collect(alternative.pieces(), found));
    return found;
  }

  private static void collect(List<Piece> pieces, List<Piece.Reference> found) {
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Reference reference) {
        found.add(reference);
      } else if (piece instanceof Piece.Choice choice) {
        choice.options().forEach(option -> collect(option, found));
      }
    }
  }

  private static Failure refused(Origin origin, String what) {
    return Failure.refused(origin + " " + what, "define the symbol or mend the reference");
  }

  /** The alternatives of a symbol that {@link #checked} has seen. */
  List<Alternative> alternatives(String symbol) {
    Rule rule = rules.get(symbol);
    if (rule == null) {
      throw new IllegalArgumentException("unchecked symbol " + symbol);
    }
    return rule.alternatives();
  }
}

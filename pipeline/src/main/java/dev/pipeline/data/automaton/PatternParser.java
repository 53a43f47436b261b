package dev.pipeline.data.automaton;

import dev.pipeline.data.automaton.CharacterSet.Kind;
import dev.pipeline.data.automaton.Program.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a pattern in RE2's notation: characters, classes in brackets, {@code \p{L} \p{Lu} \p{M}
 * \p{N} \s \b}, groups, alternatives, greedy and reluctant repetition. What it does not know, it
 * refuses.
 */
final class PatternParser {
  private static final String SPECIAL = "\\.[]{}()*+?^$|";

  private final String pattern;
  private final List<CharacterSet> sets = new ArrayList<>();
  private int at;

  PatternParser(String pattern) {
    this.pattern = pattern;
  }

  /** The whole pattern. */
  Part parse() {
    Part part = alternatives();
    if (at < pattern.length()) {
      throw refused("nothing opens the group that ends");
    }
    return part;
  }

  /** The sets of the pattern's places, in the order of their numbers. */
  List<CharacterSet> sets() {
    return sets;
  }

  private Part alternatives() {
    List<Part> parts = new ArrayList<>(List.of(sequence()));
    while (next('|')) {
      parts.add(sequence());
    }
    return Program.either(parts);
  }

  private Part sequence() {
    List<Part> parts = new ArrayList<>();
    while (at < pattern.length() && !peek('|') && !peek(')')) {
      parts.add(repetition(single()));
    }
    return Program.sequence(parts);
  }

  private Part single() {
    if (next('(')) {
      if (!next('?') || !next(':')) {
        throw refused("only groups that capture nothing are known");
      }
      Part inner = alternatives();
      expect(')');
      return inner;
    }
    if (next('[')) {
      return take(bracket());
    }
    if (peek('\\') && pattern.startsWith("\\b", at)) {
      at += 2;
      return Program.boundary();
    }
    if (!peek('\\') && SPECIAL.indexOf(pattern.charAt(at)) >= 0) {
      throw refused("this sign is not known here");
    }
    return take(member(CharacterSet.none(), false));
  }

  private CharacterSet bracket() {
    boolean negated = next('^');
    CharacterSet set = CharacterSet.none();
    while (!next(']')) {
      set = member(set, true);
    }
    return negated ? set.complement() : set;
  }

  /** Adds one character, class or, where {@code ranges} may be, range to {@code set}. */
  private CharacterSet member(CharacterSet set, boolean ranges) {
    if (pattern.startsWith("\\p{", at)) {
      int end = pattern.indexOf('}', at);
      String name = pattern.substring(at + "\\p{".length(), end);
      at = end + 1;
      return category(set, name);
    }
    if (pattern.startsWith("\\s", at)) {
      at += 2;
      return set.with('\t', '\n').with('\f', '\r').with(' ', ' ');
    }
    int first = character();
    if (ranges && peek('-') && !pattern.startsWith("-]", at)) {
      at++;
      return set.with(first, character());
    }
    return set.with(first, first);
  }

  private CharacterSet category(CharacterSet set, String name) {
    return switch (name) {
      case "L" -> set.with(Kind.CAPITAL).with(Kind.LETTER);
      case "Lu" -> set.with(Kind.CAPITAL);
      case "M" -> set.with(Kind.MARK);
      case "N" -> set.with(Kind.NUMBER);
      default -> throw refused("this class is not known");
    };
  }

  private int character() {
    if (next('\\')) {
      char escaped = pattern.charAt(at++);
      if (escaped == 'n') {
        return '\n';
      }
      if (SPECIAL.indexOf(escaped) < 0 && escaped != '-') {
        throw refused("this escape is not known");
      }
      return escaped;
    }
    int codePoint = pattern.codePointAt(at);
    at += Character.charCount(codePoint);
    return codePoint;
  }

  private Part repetition(Part part) {
    int least;
    int most;
    if (next('?')) {
      least = 0;
      most = 1;
    } else if (next('*')) {
      least = 0;
      most = -1;
    } else if (next('+')) {
      least = 1;
      most = -1;
    } else if (next('{')) {
      least = number();
      most = !next(',') ? least : peek('}') ? -1 : number();
      expect('}');
    } else {
      return part;
    }
    return Program.repeated(part, least, most, !next('?'));
  }

  private int number() {
    int start = at;
    while (at < pattern.length() && Character.isDigit(pattern.charAt(at))) {
      at++;
    }
    return Integer.parseInt(pattern.substring(start, at));
  }

  private Part take(CharacterSet set) {
    sets.add(set);
    return Program.take(sets.size() - 1);
  }

  private boolean peek(char c) {
    return at < pattern.length() && pattern.charAt(at) == c;
  }

  private boolean next(char c) {
    boolean there = peek(c);
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char c) {
    if (!next(c)) {
      throw refused("'" + c + "' is missing");
    }
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(pattern + " at " + at + ": " + why);
  }
}

package dev.pipeline.data.redact;

import dev.pipeline.data.automaton.Automaton;
import dev.pipeline.data.automaton.Automaton.Match;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * Where a pattern may match at all. Automata read every character at a cost; what most texts lack
 * can be seen at a glance, and a search that begins at such a place finds the same matches.
 */
final class Starts {
  private static final boolean[] WORD_CHARACTERS = new boolean[128];

  static {
    for (char c = 0; c < WORD_CHARACTERS.length; c++) {
      WORD_CHARACTERS[c] = c == '_' || Character.isLetterOrDigit(c);
    }
  }

  private Starts() {}

  /** The first place from {@code from} on where a match may begin, or -1. */
  @FunctionalInterface
  interface Search {
    int next(String text, int from);
  }

  /** Hands every match of {@code pattern} to {@code consumer}, as repeated find would. */
  static void each(Automaton pattern, Search starts, String text, Consumer<Match> consumer) {
    eachKept(
        pattern,
        starts,
        text,
        match -> {
          consumer.accept(match);
          return match.end();
        });
  }

  /**
   * The same for patterns that may swallow what follows: the search goes on from where {@code
   * keeper} says that what it kept of the match ends, which is behind the begin of the match.
   */
  static void eachKept(Automaton pattern, Search starts, String text, ToIntFunction<Match> keeper) {
    int at = starts.next(text, 0);
    while (at >= 0) {
      Match match = pattern.find(text, at);
      if (match == null) {
        return;
      }
      at = starts.next(text, keeper.applyAsInt(match));
    }
  }

  static boolean digit(String text, int at) {
    return at >= 0 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  static boolean capital(String text, int at) {
    return at >= 0 && at < text.length() && text.charAt(at) >= 'A' && text.charAt(at) <= 'Z';
  }

  /** Whether {@code at} holds a letter, digit or underscore of ASCII, as {@code \b} understands. */
  static boolean wordCharacter(String text, int at) {
    return at >= 0 && at < text.length() && isWordCharacter(text.charAt(at));
  }

  static boolean isWordCharacter(char c) {
    return c < WORD_CHARACTERS.length && WORD_CHARACTERS[c];
  }

  /** The next digit. */
  static int nextDigit(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        return i;
      }
    }
    return -1;
  }

  /** How many digits {@code text} has, counted to {@code most}. */
  static int digits(String text, int most) {
    int digits = 0;
    for (int i = 0; i < text.length() && digits < most; i++) {
      char c = text.charAt(i);
      digits += c >= '0' && c <= '9' ? 1 : 0;
    }
    return digits;
  }

  /** One past the digits that begin at {@code at}. */
  static int digitsEnd(String text, int at) {
    int end = at;
    while (digit(text, end)) {
      end++;
    }
    return end;
  }
}

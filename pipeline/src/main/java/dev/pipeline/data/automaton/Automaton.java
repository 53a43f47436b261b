package dev.pipeline.data.automaton;

import dev.pipeline.data.automaton.Program.Part;
import dev.pipeline.data.automaton.Program.Written;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compiled pattern. It finds what RE2 finds: the match that begins first, and of those the one
 * that the pattern prefers; in time linear in the text, whatever pattern and text. The end is found
 * reading forward, then the begin reading backward from there. Safe for use by several threads.
 */
public final class Automaton {
  private final String pattern;
  private final Alphabet alphabet;
  private final States anywhere;
  private final States here;
  private final States backward;

  private Automaton(
      String pattern, Alphabet alphabet, States anywhere, States here, States backward) {
    this.pattern = pattern;
    this.alphabet = alphabet;
    this.anywhere = anywhere;
    this.here = here;
    this.backward = backward;
  }

  /** Where a match begins, and one past its last character. */
  public record Match(int start, int end) {}

  /**
   * Compiles {@code pattern}; {@code PatternParser} says what it may hold.
   *
   * @throws IllegalArgumentException for what it may not hold
   */
  public static Automaton of(String pattern) {
    PatternParser parser = new PatternParser(pattern);
    Part part = parser.parse();
    List<CharacterSet> sets = new ArrayList<>(parser.sets());
    sets.add(CharacterSet.all());
    Alphabet alphabet = new Alphabet(sets);
    Written forward = Program.of(part, false);
    Written reverse = Program.of(part, true);
    Program program = forward.program();
    int start = program.anywhere(forward.start(), sets.size() - 1);
    return new Automaton(
        pattern,
        alphabet,
        new States(program, start, alphabet, false),
        new States(program, forward.start(), alphabet, false),
        new States(reverse.program(), reverse.start(), alphabet, true));
  }

  /** The first match in {@code text} that begins at {@code from} or later. */
  public @Nullable Match find(String text, int from) {
    return find(text, from, 0, text.length());
  }

  /**
   * The first match from {@code from} on in the part of {@code text} between {@code low} and {@code
   * high}, as if there were nothing around it.
   */
  public @Nullable Match find(String text, int from, int low, int high) {
    int end = end(anywhere, text, from, low, high);
    return end < 0 ? null : new Match(begin(text, end, from, low, high), end);
  }

  /** Whether there is a match in the part of {@code text} between {@code low} and {@code high}. */
  public boolean isIn(String text, int low, int high) {
    return end(anywhere, text, low, low, high) >= 0;
  }

  /** The end of the match that begins at {@code from}; -1 where there is none. */
  public int end(String text, int from) {
    return end(here, text, from, 0, text.length());
  }

  private int end(States states, String text, int from, int low, int high) {
    State state = states.beginning(from > low && isWord(text.charAt(from - 1)));
    int last = -1;
    int at = from;
    while (at < high) {
      char c = text.charAt(at);
      int width = 1;
      int symbol;
      if (c < CharacterSet.ASCII) {
        symbol = alphabet.ofAscii(c);
      } else {
        boolean pair = at + 1 < high && Character.isSurrogatePair(c, text.charAt(at + 1));
        width = pair ? 2 : 1;
        symbol = alphabet.of(pair ? text.codePointAt(at) : c);
      }
      state = states.next(state, symbol);
      last = state.matched() ? at : last;
      if (state.isDead()) {
        return last;
      }
      at += width;
    }
    return states.next(state, states.end(false)).matched() ? high : last;
  }

  /** The first place from {@code from} on where a match begins that ends at {@code end}. */
  private int begin(String text, int end, int from, int low, int high) {
    State state = backward.beginning(end < high && isWord(text.charAt(end)));
    int last = end;
    int at = end;
    while (at > from) {
      char c = text.charAt(at - 1);
      boolean pair = at - 2 >= from && Character.isSurrogatePair(text.charAt(at - 2), c);
      state = backward.next(state, alphabet.of(pair ? text.codePointAt(at - 2) : c));
      last = state.matched() ? at : last;
      if (state.isDead()) {
        return last;
      }
      at -= pair ? 2 : 1;
    }
    boolean word = from > low && isWord(text.charAt(from - 1));
    return backward.next(state, backward.end(word)).matched() ? from : last;
  }

  /** The pattern. */
  @Override
  public String toString() {
    return pattern;
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}

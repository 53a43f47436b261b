package dev.pipeline.data.automaton;

import dev.pipeline.data.automaton.Program.Instruction;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The states of a program, each worked out when a text first leads to it, after R. Cox, "Regular
 * Expression Matching in the Wild" (2010). They are forgotten when they become too many, so that no
 * text can fill the memory.
 */
final class States {
  private static final int MOST = 1 << 13;

  private final Program program;
  private final int start;
  private final Alphabet alphabet;
  private final boolean longest;
  private final Map<State, State> known = new ConcurrentHashMap<>();
  private volatile State afterWord;
  private volatile State afterNone;

  /**
   * The states of {@code program} when it begins at {@code start}.
   *
   * @param longest whether the longest match is wanted instead of the preferred one
   */
  States(Program program, int start, Alphabet alphabet, boolean longest) {
    this.program = program;
    this.start = start;
    this.alphabet = alphabet;
    this.longest = longest;
    this.afterWord = first(true);
    this.afterNone = first(false);
  }

  /** Before the first character, where the one before is part of a word or not. */
  State beginning(boolean word) {
    return word ? afterWord : afterNone;
  }

  private State first(boolean word) {
    return new State(new int[] {start}, word, false, alphabet.size() + 2);
  }

  /** The symbol for the end of what may be read, before a word's character or another. */
  int end(boolean word) {
    return alphabet.size() + (word ? 1 : 0);
  }

  /** What follows {@code state} on {@code symbol}. */
  State next(State state, int symbol) {
    State known = state.successor(symbol);
    return known != null ? known : workedOut(state, symbol);
  }

  private State workedOut(State state, int symbol) {
    boolean end = symbol >= alphabet.size();
    boolean word = end ? symbol > alphabet.size() : alphabet.isWord(symbol);
    Step step = new Step(end ? -1 : symbol, state.afterWord() != word);
    for (int thread : state.threads()) {
      if (step.follow(thread)) {
        break;
      }
    }
    State next = kept(new State(step.threads(), word, step.matched, alphabet.size() + 2));
    state.succeed(symbol, next);
    return next;
  }

  private State kept(State state) {
    if (known.size() > MOST) {
      known.clear();
      // The old ones would keep all that follow from them.
      afterWord = first(true);
      afterNone = first(false);
    }
    State before = known.putIfAbsent(state, state);
    return before == null ? state : before;
  }

  /** All threads' way over one character. */
  private final class Step {
    private final int symbol;
    private final boolean boundary;
    private final boolean[] seen = new boolean[program.size()];
    private final boolean[] taken = new boolean[program.size()];
    private final int[] threads = new int[program.size()];
    private int count;
    private boolean matched;

    Step(int symbol, boolean boundary) {
      this.symbol = symbol;
      this.boundary = boundary;
    }

    /** Goes on from {@code thread}; true when threads that are preferred less do not matter. */
    boolean follow(int thread) {
      if (seen[thread]) {
        return false;
      }
      seen[thread] = true;
      Instruction instruction = program.at(thread);
      switch (instruction.operation()) {
        case TAKE -> take(instruction);
        case SPLIT -> {
          return follow(instruction.next()) || follow(instruction.argument());
        }
        case BOUNDARY -> {
          return boundary && follow(instruction.next());
        }
        case MATCH -> {
          matched = true;
          return !longest;
        }
      }
      return false;
    }

    private void take(Instruction instruction) {
      boolean takes = symbol >= 0 && alphabet.takes(instruction.argument(), symbol);
      if (takes && !taken[instruction.next()]) {
        taken[instruction.next()] = true;
        threads[count++] = instruction.next();
      }
    }

    int[] threads() {
      return java.util.Arrays.copyOf(threads, count);
    }
  }
}

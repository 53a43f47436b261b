package dev.pipeline.data.automaton;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where all threads of a search stand between two characters. Successors are written by whoever
 * needs them first; two writers write equals, so no lock is needed.
 */
final class State {
  private final int[] threads;
  private final boolean afterWord;
  private final boolean matched;
  private final boolean dead;
  private final @Nullable State[] successors;
  private final int hash;

  /**
   * A state.
   *
   * @param threads instructions, the preferred one first
   * @param afterWord whether the character before is part of a word
   * @param matched whether the pattern had matched before that character
   * @param symbols how many successors there may be
   */
  State(int[] threads, boolean afterWord, boolean matched, int symbols) {
    this.threads = threads;
    this.afterWord = afterWord;
    this.matched = matched;
    this.dead = threads.length == 0;
    this.successors = new @Nullable State[symbols];
    this.hash = 4 * Arrays.hashCode(threads) + (afterWord ? 2 : 0) + (matched ? 1 : 0);
  }

  int[] threads() {
    return threads;
  }

  boolean afterWord() {
    return afterWord;
  }

  boolean matched() {
    return matched;
  }

  /** Whether no character can lead to a match any more. */
  boolean isDead() {
    return dead;
  }

  @Nullable State successor(int symbol) {
    return successors[symbol];
  }

  void succeed(int symbol, State successor) {
    successors[symbol] = successor;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof State other
        && afterWord == other.afterWord
        && matched == other.matched
        && Arrays.equals(threads, other.threads);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}

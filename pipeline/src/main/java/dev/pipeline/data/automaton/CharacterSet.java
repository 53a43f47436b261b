package dev.pipeline.data.automaton;

import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The characters that one place of a pattern takes.
 *
 * @param ascii for each character below 128, whether it is listed
 * @param others listed characters above
 * @param kinds classes by which further ones belong to it
 * @param negated whether it takes all others instead
 */
record CharacterSet(boolean[] ascii, Set<Integer> others, Set<Kind> kinds, boolean negated) {
  static final int ASCII = 128;

  /** General categories as far as patterns tell them apart; no character is of two. */
  enum Kind {
    CAPITAL,
    LETTER,
    MARK,
    NUMBER,
    OTHER;

    static Kind of(int codePoint) {
      return switch (Character.getType(codePoint)) {
        case Character.UPPERCASE_LETTER -> CAPITAL;
        case Character.LOWERCASE_LETTER,
            Character.TITLECASE_LETTER,
            Character.MODIFIER_LETTER,
            Character.OTHER_LETTER ->
            LETTER;
        case Character.NON_SPACING_MARK,
            Character.ENCLOSING_MARK,
            Character.COMBINING_SPACING_MARK ->
            MARK;
        case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
            NUMBER;
        default -> OTHER;
      };
    }
  }

  /** Nothing yet. */
  static CharacterSet none() {
    return new CharacterSet(new boolean[ASCII], new TreeSet<>(), EnumSet.noneOf(Kind.class), false);
  }

  /** Every character. */
  static CharacterSet all() {
    return none().complement();
  }

  /** What {@code \b} takes for part of a word. */
  static CharacterSet word() {
    return none().with('a', 'z').with('A', 'Z').with('0', '9').with('_', '_');
  }

  /** This set with {@code first} to {@code last} listed too; beyond ASCII one at a time. */
  CharacterSet with(int first, int last) {
    if (last >= ASCII && first != last) {
      throw new IllegalArgumentException("a range beyond ASCII");
    }
    if (last >= ASCII) {
      others.add(last);
    } else {
      java.util.Arrays.fill(ascii, first, last + 1, true);
    }
    return this;
  }

  /** This set with everything of {@code kind}. */
  CharacterSet with(Kind kind) {
    kinds.add(kind);
    for (int c = 0; c < ASCII; c++) {
      ascii[c] |= Kind.of(c) == kind;
    }
    return this;
  }

  CharacterSet complement() {
    return new CharacterSet(ascii, others, kinds, !negated);
  }

  /** Whether it takes {@code codePoint}, which is of {@code kind}. */
  boolean takes(int codePoint, Kind kind) {
    boolean listed =
        codePoint < ASCII ? ascii[codePoint] : others.contains(codePoint) || kinds.contains(kind);
    return listed != negated;
  }
}

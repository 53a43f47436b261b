package dev.pipeline.data.automaton;

import dev.pipeline.data.automaton.CharacterSet.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * The characters of a pattern, sorted into classes that no place of the pattern tells apart: a
 * state has a successor for each class instead of one for each character.
 */
final class Alphabet {
  private final int[] ascii = new int[CharacterSet.ASCII];
  private final Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
  private final int[] others;
  private final int[] classesOfOthers;
  private final List<BitSet> classes = new ArrayList<>();
  private final List<CharacterSet> sets;

  /** An alphabet for {@code sets}, in which every place of the pattern is one. */
  Alphabet(List<CharacterSet> sets) {
    this.sets = new ArrayList<>(sets);
    this.sets.add(CharacterSet.word());
    for (int c = 0; c < CharacterSet.ASCII; c++) {
      ascii[c] = classOf(c, Kind.of(c));
    }
    for (Kind kind : Kind.values()) {
      // Any character will do that no set lists by itself; there are too few for the last one.
      kinds.put(kind, classOf(Character.MAX_CODE_POINT, kind));
    }
    TreeSet<Integer> listed = new TreeSet<>();
    sets.forEach(set -> listed.addAll(set.others()));
    others = listed.stream().mapToInt(Integer::intValue).toArray();
    classesOfOthers = listed.stream().mapToInt(other -> classOf(other, Kind.of(other))).toArray();
  }

  private int classOf(int codePoint, Kind kind) {
    BitSet members = new BitSet();
    for (int i = 0; i < sets.size(); i++) {
      members.set(i, sets.get(i).takes(codePoint, kind));
    }
    if (!classes.contains(members)) {
      classes.add(members);
    }
    return classes.indexOf(members);
  }

  /** How many classes there are; they are numbered from 0. */
  int size() {
    return classes.size();
  }

  /** The class of a character below 128. */
  int ofAscii(char c) {
    return ascii[c];
  }

  /** The class of any character. */
  int of(int codePoint) {
    if (codePoint < CharacterSet.ASCII) {
      return ascii[codePoint];
    }
    int listed = Arrays.binarySearch(others, codePoint);
    return listed >= 0
        ? classesOfOthers[listed]
        : Objects.requireNonNull(kinds.get(Kind.of(codePoint)), "a kind without its class");
  }

  /** Whether the set at {@code index} takes the characters of class {@code symbol}. */
  boolean takes(int index, int symbol) {
    return classes.get(symbol).get(index);
  }

  /** Whether the characters of class {@code symbol} are part of a word. */
  boolean isWord(int symbol) {
    return classes.get(symbol).get(sets.size() - 1);
  }
}

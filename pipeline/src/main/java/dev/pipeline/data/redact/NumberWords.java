package dev.pipeline.data.redact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Numbers as words, {@code two thousand nine hundred}, found without making a word of every word:
 * few have the first letter and the length of a number.
 */
final class NumberWords {
  private static final int LONGEST = 9;
  private static final List<List<String>> SMALL = sorted(Amounts.smallNumbers());
  private static final List<List<String>> LARGE = sorted(Set.of("hundred", "thousand", "million"));
  private static final String AND = " and ";

  /** By the letters that a word begins with, whether it may be a number below a hundred. */
  private static final boolean[] BEGINNINGS = beginnings(Amounts.smallNumbers());

  private NumberWords() {}

  /** Where the next number below a hundred stands as a word of its own, or -1. */
  static int next(String text, int from) {
    boolean inside = Starts.wordCharacter(text, from - 1);
    for (int at = from; at < text.length(); at++) {
      boolean word = Starts.isWordCharacter(text.charAt(at));
      if (word && !inside && mayBegin(text, at) && in(SMALL, text, at) > 0) {
        return at;
      }
      inside = word;
    }
    return -1;
  }

  /** Whether one begins at {@code at}, where a word or a part of one begins. */
  static boolean beginsAt(String text, int at) {
    return mayBegin(text, at) && !Starts.wordCharacter(text, at - 1) && in(SMALL, text, at) > 0;
  }

  /** One past the number whose first word begins at {@code start}. */
  static int end(String text, int start) {
    int end = start + in(SMALL, text, start);
    for (int word = further(text, end); word > 0; word = further(text, end)) {
      end = word;
    }
    return end;
  }

  /** One past the word that continues a number which ends at {@code end}; 0 where none does. */
  private static int further(String text, int end) {
    if (end >= text.length() || " -".indexOf(text.charAt(end)) < 0) {
      return 0;
    }
    int start = end + 1;
    int length = any(text, start);
    if (length == 0 && text.regionMatches(true, end, AND, 0, AND.length())) {
      start = end + AND.length();
      length = any(text, start);
    }
    return length == 0 ? 0 : start + length;
  }

  private static int any(String text, int start) {
    int small = in(SMALL, text, start);
    return small > 0 ? small : in(LARGE, text, start);
  }

  /** The length of the word at {@code start} if {@code words} has it; 0 otherwise. */
  private static int in(List<List<String>> words, String text, int start) {
    int end = start;
    while (end - start <= LONGEST && Starts.wordCharacter(text, end)) {
      end++;
    }
    int length = end - start;
    if (length == 0 || length > LONGEST) {
      return 0;
    }
    for (String word : words.get(place(text.charAt(start), length))) {
      if (text.regionMatches(true, start, word, 0, length)) {
        return length;
      }
    }
    return 0;
  }

  private static boolean mayBegin(String text, int at) {
    return at + 2 < text.length()
        && BEGINNINGS[beginning(text.charAt(at), text.charAt(at + 1), text.charAt(at + 2))];
  }

  private static int beginning(char first, char second, char third) {
    return (first & 31) << 10 | (second & 31) << 5 | (third & 31);
  }

  private static boolean[] beginnings(Collection<String> words) {
    boolean[] beginnings = new boolean[1 << 15];
    words.forEach(
        word -> beginnings[beginning(word.charAt(0), word.charAt(1), word.charAt(2))] = true);
    return beginnings;
  }

  private static int place(char first, int length) {
    return (first & 31) * (LONGEST + 1) + length;
  }

  private static List<List<String>> sorted(Collection<String> words) {
    List<List<String>> sorted = new ArrayList<>();
    for (int i = 0; i < 32 * (LONGEST + 1); i++) {
      sorted.add(new ArrayList<>());
    }
    words.forEach(word -> sorted.get(place(word.charAt(0), word.length())).add(word));
    return sorted;
  }
}

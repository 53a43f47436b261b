package dev.pipeline.evaluate.probe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Longest runs of words that stand word for word in some text, case and punctuation apart: a suffix
 * array over the words of all texts. Manber and Myers, "Suffix arrays" (1993).
 */
public final class Runs {
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final Map<String, Integer> numbers = new HashMap<>();
  private final int[] words;
  private final List<Integer> suffixes;

  /** Remembers {@code texts}; a run never spans two of them. */
  public Runs(Collection<String> texts) {
    List<Integer> all = new ArrayList<>();
    int border = -1;
    for (String text : texts) {
      for (String word : split(text)) {
        all.add(numbers.computeIfAbsent(word, any -> numbers.size()));
      }
      all.add(border--);
    }
    words = all.stream().mapToInt(Integer::intValue).toArray();
    suffixes = new ArrayList<>(words.length);
    for (int start = 0; start < words.length; start++) {
      suffixes.add(start);
    }
    Collections.sort(suffixes, (first, second) -> compare(words, first, words, second));
  }

  /** Words of {@code text} in lower case. */
  public static List<String> split(String text) {
    return NO_WORD
        .splitAsStream(text.toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** For each word of {@code text}, how many words from there on stand in one of the texts. */
  public int[] lengths(List<String> text) {
    int[] sought = text.stream().mapToInt(this::number).toArray();
    int[] lengths = new int[sought.length];
    for (int start = 0; start < sought.length; start++) {
      lengths[start] = longestFrom(sought, start);
    }
    return lengths;
  }

  /** Words in the longest run of {@code text}; 0 when it shares no word. */
  public int longest(String text) {
    int longest = 0;
    for (int length : lengths(split(text))) {
      longest = Math.max(longest, length);
    }
    return longest;
  }

  private int number(String word) {
    return numbers.getOrDefault(word, Integer.MAX_VALUE);
  }

  /** The neighbours of where {@code sought} would stand share the most with it. */
  private int longestFrom(int[] sought, int start) {
    int low = 0;
    int high = suffixes.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(words, suffixes.get(middle), sought, start) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    int before = low == 0 ? 0 : shared(sought, start, suffixes.get(low - 1));
    int after = low == suffixes.size() ? 0 : shared(sought, start, suffixes.get(low));
    return Math.max(before, after);
  }

  private int shared(int[] sought, int start, int suffix) {
    int length = 0;
    while (start + length < sought.length
        && suffix + length < words.length
        && sought[start + length] == words[suffix + length]) {
      length++;
    }
    return length;
  }

  private static int compare(int[] first, int firstStart, int[] second, int secondStart) {
    int i = firstStart;
    int j = secondStart;
    while (i < first.length && j < second.length) {
      if (first[i] != second[j]) {
        return Integer.compare(first[i], second[j]);
      }
      i++;
      j++;
    }
    return Integer.compare(first.length - i, second.length - j);
  }
}

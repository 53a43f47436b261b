package dev.pipeline.evaluate;

import dev.pipeline.evaluate.metric.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds runs of at least N words that stand word for word in a training text, case and punctuation
 * apart. Carlini et al., "Quantifying Memorization Across Neural Language Models" (2023), count 50
 * tokens; answers here are shorter than that, so N is the caller's.
 */
public final class VerbatimRuns implements Inspector {
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final Set<List<String>> known = new HashSet<>();
  private final int words;

  /**
   * Remembers every run of {@code words} words in {@code texts}.
   *
   * @param words length of the shortest run that counts, at least 1
   */
  public VerbatimRuns(Collection<String> texts, int words) {
    this.words = words;
    for (String text : texts) {
      List<String> split = split(text);
      for (int start = 0; start + words <= split.size(); start++) {
        known.add(List.copyOf(split.subList(start, start + words)));
      }
    }
  }

  @Override
  public List<Finding> inspect(String answer) {
    List<String> split = split(answer);
    List<Finding> findings = new ArrayList<>();
    int start = 0;
    while (start + words <= split.size()) {
      int end = endOfRun(split, start);
      if (end > start) {
        findings.add(new Finding("verbatim", String.join(" ", split.subList(start, end))));
      }
      start = Math.max(start + 1, end);
    }
    return findings;
  }

  private int endOfRun(List<String> split, int start) {
    int end = start;
    for (int first = start; first + words <= split.size(); first++) {
      if (!known.contains(split.subList(first, first + words))) {
        break;
      }
      end = first + words;
    }
    return end;
  }

  private static List<String> split(String text) {
    return NO_WORD
        .splitAsStream(text.toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty())
        .toList();
  }
}

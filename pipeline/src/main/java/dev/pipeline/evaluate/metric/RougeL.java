package dev.pipeline.evaluate.metric;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * ROUGE-L: the F1 of the longest common subsequence of words, averaged over the answers. "we can
 * split it" against "we could split the order" shares "we ... split": precision 2/4, recall 2/5,
 * score 44.4. Words are runs of letters and digits in lower case, unstemmed. Lin, "ROUGE: A Package
 * for Automatic Evaluation of Summaries" (2004), section 3.1.
 */
public final class RougeL implements Metric {
  /** Key in {@code evaluation.json}. */
  public static final String NAME = "rouge_l";

  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

  @Override
  public Description description() {
    return new Description(
        NAME,
        "ROUGE-L",
        Unit.OVERLAP,
        Better.HIGHER,
        "Words shared with the reference answers in the same order.");
  }

  @Override
  public Statistic statistic(List<Sample> samples) {
    return Statistic.mean(
        samples.stream().mapToDouble(s -> score(s.answer().text(), s.reference())).toArray());
  }

  /** ROUGE-L of one answer, 0 to 100. */
  static double score(String answer, String reference) {
    String[] written = words(answer);
    String[] wanted = words(reference);
    int total = written.length + wanted.length;
    return total == 0 ? 0 : 200.0 * longestCommonSubsequence(written, wanted) / total;
  }

  static int longestCommonSubsequence(String[] first, String[] second) {
    int[] above = new int[second.length + 1];
    for (String word : first) {
      int[] row = new int[second.length + 1];
      for (int i = 1; i <= second.length; i++) {
        row[i] = word.equals(second[i - 1]) ? above[i - 1] + 1 : Math.max(above[i], row[i - 1]);
      }
      above = row;
    }
    return above[second.length];
  }

  static String[] words(String text) {
    return NO_WORD
        .splitAsStream(text.toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty())
        .toArray(String[]::new);
  }
}

package dev.pipeline.evaluate.metric;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What chrF needs to know of a corpus; counts of two corpora add up to those of both.
 *
 * @param matches shape [6]: clipped n-gram matches for n = 1 to 6 characters
 * @param answers shape [6]: n-grams in the answers whose reference has any of that length
 * @param references shape [6]: n-grams in the references
 */
record ChrfCounts(long[] matches, long[] answers, long[] references) {
  private static final int ORDER = 6;

  /** Recall weighs so many times as much as precision. */
  private static final double BETA = 2;

  static ChrfCounts of(String answer, String reference) {
    int[] written = withoutSpace(answer);
    int[] wanted = withoutSpace(reference);
    ChrfCounts counts = new ChrfCounts(new long[ORDER], new long[ORDER], new long[ORDER]);
    for (int n = 1; n <= ORDER; n++) {
      Map<String, Integer> known = ngrams(wanted, n);
      counts.references[n - 1] = Math.max(0, wanted.length - n + 1);
      counts.answers[n - 1] = known.isEmpty() ? 0 : Math.max(0, written.length - n + 1);
      for (Map.Entry<String, Integer> ngram : ngrams(written, n).entrySet()) {
        counts.matches[n - 1] += Math.min(ngram.getValue(), known.getOrDefault(ngram.getKey(), 0));
      }
    }
    return counts;
  }

  static ChrfCounts sum(List<ChrfCounts> parts) {
    ChrfCounts sum = new ChrfCounts(new long[ORDER], new long[ORDER], new long[ORDER]);
    for (ChrfCounts part : parts) {
      for (int order = 0; order < ORDER; order++) {
        sum.matches[order] += part.matches[order];
        sum.answers[order] += part.answers[order];
        sum.references[order] += part.references[order];
      }
    }
    return sum;
  }

  /** chrF, 0 to 100: the F-score of mean precision and recall over the orders both sides have. */
  double score() {
    double precision = 0;
    double recall = 0;
    int orders = 0;
    for (int order = 0; order < ORDER; order++) {
      if (answers[order] > 0 && references[order] > 0) {
        precision += (double) matches[order] / answers[order];
        recall += (double) matches[order] / references[order];
        orders++;
      }
    }
    double both = precision + recall;
    double factor = BETA * BETA;
    return both == 0
        ? 0
        : 100 * (1 + factor) * precision * recall / orders / (factor * precision + recall);
  }

  private static Map<String, Integer> ngrams(int[] characters, int n) {
    Map<String, Integer> counts = new HashMap<>();
    for (int start = 0; start + n <= characters.length; start++) {
      counts.merge(new String(characters, start, n), 1, Integer::sum);
    }
    return counts;
  }

  /** Code points of {@code text}, white space left out. */
  private static int[] withoutSpace(String text) {
    return text.codePoints().filter(character -> !Tokenizer13a.isSpace(character)).toArray();
  }
}

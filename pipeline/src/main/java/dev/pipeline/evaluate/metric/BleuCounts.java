package dev.pipeline.evaluate.metric;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What BLEU needs to know of a corpus; counts of two corpora add up to those of both.
 *
 * @param matches shape [4]: clipped n-gram matches for n = 1 to 4
 * @param totals shape [4]: n-grams in the answers
 * @param answerLength tokens in the answers
 * @param referenceLength tokens in the references
 */
record BleuCounts(long[] matches, long[] totals, long answerLength, long referenceLength) {
  private static final int ORDER = 4;

  static BleuCounts of(String answer, String reference) {
    List<String> answerTokens = Tokenizer13a.tokenize(answer);
    List<String> referenceTokens = Tokenizer13a.tokenize(reference);
    long[] matches = new long[ORDER];
    long[] totals = new long[ORDER];
    for (int n = 1; n <= ORDER; n++) {
      Map<List<String>, Integer> wanted = ngrams(referenceTokens, n);
      for (Map.Entry<List<String>, Integer> ngram : ngrams(answerTokens, n).entrySet()) {
        totals[n - 1] += ngram.getValue();
        matches[n - 1] += Math.min(ngram.getValue(), wanted.getOrDefault(ngram.getKey(), 0));
      }
    }
    return new BleuCounts(matches, totals, answerTokens.size(), referenceTokens.size());
  }

  static BleuCounts sum(List<BleuCounts> parts) {
    long[] matches = new long[ORDER];
    long[] totals = new long[ORDER];
    long answerLength = 0;
    long referenceLength = 0;
    for (BleuCounts part : parts) {
      for (int order = 0; order < ORDER; order++) {
        matches[order] += part.matches[order];
        totals[order] += part.totals[order];
      }
      answerLength += part.answerLength;
      referenceLength += part.referenceLength;
    }
    return new BleuCounts(matches, totals, answerLength, referenceLength);
  }

  /**
   * BLEU, 0 to 100. An order without any match counts as half the precision of one match, then a
   * quarter, and so on: smoothing method 3 of Chen and Cherry (2014). An order without any n-gram
   * makes the score 0.
   */
  double score() {
    double logPrecision = 0;
    double smoothing = 1;
    for (int order = 0; order < ORDER; order++) {
      if (matches[0] == 0 || totals[order] == 0) {
        return 0;
      }
      double matched = matches[order];
      if (matched == 0) {
        smoothing *= 2;
        matched = 1 / smoothing;
      }
      logPrecision += Math.log(100 * matched / totals[order]);
    }
    return brevityPenalty() * Math.exp(logPrecision / ORDER);
  }

  private double brevityPenalty() {
    return answerLength < referenceLength
        ? Math.exp(1 - (double) referenceLength / answerLength)
        : 1;
  }

  private static Map<List<String>, Integer> ngrams(List<String> tokens, int n) {
    Map<List<String>, Integer> counts = new HashMap<>();
    for (int start = 0; start + n <= tokens.size(); start++) {
      counts.merge(tokens.subList(start, start + n), 1, Integer::sum);
    }
    return counts;
  }
}

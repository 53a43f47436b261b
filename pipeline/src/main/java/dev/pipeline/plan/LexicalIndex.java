package dev.pipeline.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Similarity of texts without a model: the cosine between TF-IDF vectors whose dimensions are words
 * and character trigrams. Words make a hit exact, trigrams forgive endings and typing errors.
 *
 * <p>Weight of a term in a text: (1 + ln count) * (1 + ln((1 + n) / (1 + d))), with n texts in all
 * and d that hold the term (Manning, Raghavan, Schütze, <i>Introduction to Information
 * Retrieval</i>, 6.4, smoothed).
 */
final class LexicalIndex {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final int GRAM = 3;

  private final List<Map<String, Double>> texts;
  private final Map<String, Integer> textsHolding = new HashMap<>();

  LexicalIndex(List<String> texts) {
    this.texts = texts.stream().map(LexicalIndex::counts).toList();
    for (Map<String, Double> counts : this.texts) {
      counts.keySet().forEach(term -> textsHolding.merge(term, 1, Integer::sum));
    }
  }

  /** Cosine between {@code query} and each text, in the order of the texts, 0 to 1. */
  double[] similarities(String query) {
    Map<String, Double> wanted = weights(counts(query));
    return texts.stream().mapToDouble(counts -> cosine(wanted, weights(counts))).toArray();
  }

  private Map<String, Double> weights(Map<String, Double> counts) {
    Map<String, Double> weights = new HashMap<>();
    counts.forEach(
        (term, count) -> {
          int holding = textsHolding.getOrDefault(term, 0);
          double rarity = 1 + Math.log((1.0 + texts.size()) / (1.0 + holding));
          weights.put(term, (1 + Math.log(count)) * rarity);
        });
    return weights;
  }

  private static double cosine(Map<String, Double> left, Map<String, Double> right) {
    double product = 0;
    for (Map.Entry<String, Double> term : left.entrySet()) {
      product += term.getValue() * right.getOrDefault(term.getKey(), 0.0);
    }
    return product == 0 ? 0 : product / (length(left) * length(right));
  }

  private static double length(Map<String, Double> vector) {
    return Math.sqrt(vector.values().stream().mapToDouble(weight -> weight * weight).sum());
  }

  private static Map<String, Double> counts(String text) {
    Map<String, Double> counts = new HashMap<>();
    Matcher words = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (words.find()) {
      counts.merge(words.group(), 1.0, Double::sum);
      String padded = " " + words.group() + " ";
      for (int i = 0; i + GRAM <= padded.length(); i++) {
        // The mark keeps the trigram "bid" apart from the word "bid".
        counts.merge("#" + padded.substring(i, i + GRAM), 1.0, Double::sum);
      }
    }
    return counts;
  }
}

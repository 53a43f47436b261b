package dev.pipeline.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.data.prefer.assemble.SyntheticRows;
import dev.pipeline.evaluate.metric.Proportion;
import dev.pipeline.evaluate.metric.Score;
import dev.pipeline.train.PairFigures;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How often a policy prefers the better answer of the held-out pairs.
 *
 * @param pairs held-out pairs
 * @param accuracy share of them whose chosen answer has the higher reward
 * @param matched pairs whose answers differ by at most a tenth of the longer one's tokens, so that
 *     length tells nothing
 * @param matchedAccuracy share of those
 * @param margin mean reward of a chosen answer less that of its rejected one
 * @param bySource accuracy with its interval, apart for pairs that people captured and each kind of
 *     synthetic ones: spoilt answers share phrases, which are easily learnt
 * @param figures each pair
 */
record PairReport(
    int pairs,
    double accuracy,
    @JsonProperty("length_matched_pairs") int matched,
    @JsonProperty("length_matched_accuracy") double matchedAccuracy,
    double margin,
    @JsonProperty("by_source") Map<String, Score> bySource,
    List<PairFigures> figures) {
  private static final double ALIKE = 0.1;

  PairReport {
    bySource = new TreeMap<>(bySource);
    figures = List.copyOf(figures);
  }

  static PairReport of(List<PairFigures> figures) {
    List<PairFigures> matched = figures.stream().filter(PairReport::isMatched).toList();
    return new PairReport(
        figures.size(),
        accuracy(figures),
        matched.size(),
        accuracy(matched),
        figures.stream().mapToDouble(PairFigures::margin).average().orElse(0),
        figures.stream()
            .collect(
                Collectors.groupingBy(
                    pair -> SyntheticRows.source(pair.id()),
                    Collectors.collectingAndThen(Collectors.toList(), PairReport::score))),
        figures);
  }

  private static boolean isMatched(PairFigures pair) {
    int chosen = pair.chosen().logProbs().size();
    int rejected = pair.rejected().logProbs().size();
    return Math.abs(chosen - rejected) <= ALIKE * Math.max(chosen, rejected);
  }

  private static double accuracy(List<PairFigures> figures) {
    return figures.isEmpty() ? 0 : score(figures).value();
  }

  private static Score score(List<PairFigures> figures) {
    int right = (int) figures.stream().filter(pair -> pair.margin() > 0).count();
    return Proportion.of(right, figures.size());
  }

  /** For people. */
  String summary() {
    String all =
        String.format(Locale.ROOT, "reward accuracy %.2f of %d held-out pairs", accuracy, pairs);
    return matched == 0
        ? all + ", none of like length"
        : all
            + String.format(
                Locale.ROOT, ", %.2f of the %d of like length", matchedAccuracy, matched);
  }
}

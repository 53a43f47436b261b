package dev.pipeline.evaluate.review;

import dev.pipeline.evaluate.metric.Bootstrap;
import dev.pipeline.evaluate.metric.Proportion;
import dev.pipeline.evaluate.metric.Score;
import dev.pipeline.evaluate.review.UnblindedItem.Voice;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/**
 * Figures over unblinded items. The item is what was sampled, so that intervals count items,
 * however many reviewers looked at each.
 */
final class ReviewStatistics {
  private ReviewStatistics() {}

  /**
   * Mean vote with Wilson's interval for as many trials as there are items. No share between 0 and
   * 1 varies more than a coin's that is 0 or 1, so that with ties and several reviewers the
   * interval is rather too wide than too narrow, and all wins do not make it a point.
   */
  static Optional<Score> winRate(List<UnblindedItem> items) {
    double[] shares = means(items, UnblindedItem::votes);
    return shares.length == 0
        ? Optional.empty()
        : Optional.of(Proportion.of(Arrays.stream(shares).sum(), shares.length));
  }

  static ReviewResults.Votes votes(List<UnblindedItem> items) {
    int wins = items.stream().mapToInt(item -> item.count(Voice::prefersCandidate)).sum();
    int losses = items.stream().mapToInt(item -> item.count(Voice::prefersRival)).sum();
    int all = items.stream().mapToInt(item -> item.votes().length).sum();
    return new ReviewResults.Votes(wins, all - wins - losses, losses);
  }

  static Optional<Score> leftShare(List<UnblindedItem> items) {
    ReviewResults.Votes votes = votes(items);
    int either = votes.wins() + votes.losses();
    int left =
        items.stream()
            .mapToInt(
                item ->
                    item.count(
                        item.entry().candidateLeft()
                            ? Voice::prefersCandidate
                            : Voice::prefersRival))
            .sum();
    return either == 0 ? Optional.empty() : Optional.of(Proportion.of(left, either));
  }

  /** By criterion; one that nobody rated is absent. */
  static Map<Criterion, ReviewResults.Ratings> ratings(List<UnblindedItem> items) {
    Map<Criterion, ReviewResults.Ratings> ratings = new EnumMap<>(Criterion.class);
    for (Criterion criterion : Criterion.values()) {
      List<double[]> pairs =
          items.stream()
              .map(
                  item ->
                      new double[] {
                        mean(ratings(item, Voice::candidate, criterion)),
                        mean(ratings(item, Voice::rival, criterion))
                      })
              .filter(pair -> !Double.isNaN(pair[0]) && !Double.isNaN(pair[1]))
              .toList();
      if (!pairs.isEmpty()) {
        ratings.put(
            criterion,
            new ReviewResults.Ratings(
                mean(pairs, pair -> pair[0]),
                mean(pairs, pair -> pair[1]),
                mean(pairs, pair -> pair[0] - pair[1])));
      }
    }
    return ratings;
  }

  /** Alpha of preferences, in steps of half a win, and of ratings. */
  static Map<String, Double> agreement(List<UnblindedItem> items) {
    Map<String, Double> agreement = new TreeMap<>();
    List<double[]> votes = items.stream().map(UnblindedItem::votes).toList();
    Krippendorff.alpha(votes, Krippendorff.INTERVAL)
        .ifPresent(alpha -> agreement.put("preference", alpha));
    for (Criterion criterion : Criterion.values()) {
      List<double[]> units =
          items.stream()
              .flatMap(
                  item ->
                      List.of(
                          ratings(item, Voice::candidate, criterion),
                          ratings(item, Voice::rival, criterion))
                          .stream())
              .toList();
      Krippendorff.alpha(units, Krippendorff.INTERVAL)
          .ifPresent(alpha -> agreement.put(criterion.word(), alpha));
    }
    return agreement;
  }

  private static double[] ratings(
      UnblindedItem item, Function<Voice, Map<Criterion, Integer>> of, Criterion criterion) {
    return item.voices().values().stream()
        .map(of)
        .filter(ratings -> ratings.containsKey(criterion))
        .mapToDouble(ratings -> ratings.getOrDefault(criterion, 0))
        .toArray();
  }

  private static Score mean(List<double[]> pairs, Function<double[], Double> of) {
    double[] values = pairs.stream().mapToDouble(of::apply).toArray();
    return Bootstrap.score(
        values.length, rows -> mean(Arrays.stream(rows).mapToDouble(row -> values[row]).toArray()));
  }

  private static double[] means(List<UnblindedItem> items, Function<UnblindedItem, double[]> of) {
    return items.stream()
        .mapToDouble(item -> mean(of.apply(item)))
        .filter(Double::isFinite)
        .toArray();
  }

  private static double mean(double[] values) {
    return DoubleStream.of(values).average().orElse(Double.NaN);
  }
}

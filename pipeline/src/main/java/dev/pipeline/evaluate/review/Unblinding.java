package dev.pipeline.evaluate.review;

import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Opens the key of a review: the only place that does. What is learned is in the results; the pairs
 * come with them.
 */
public record Unblinding(ReviewKey key, ReviewResults results, CandidatePairs pairs) {

  /**
   * Reads all opinions and the key.
   *
   * @param partial whether to look although opinions are open, after which they are no longer blind
   */
  public static Unblinding of(ReviewFolder folder, boolean partial) {
    List<ReviewItem> items = folder.items();
    List<String> reviewers = folder.reviewers().all().stream().map(Reviewer::name).toList();
    ReviewState state = ReviewState.of(ReviewLog.read(folder.log()));
    Map<String, Long> open = open(items, reviewers, state);
    if (!partial && (reviewers.isEmpty() || !open.isEmpty())) {
      throw Failure.usage(
          "the review is not finished: "
              + (reviewers.isEmpty() ? "nobody was invited" : describe(open, items.size())),
          "let them finish, or look now with --partial; who knows the results is no longer blind");
    }
    ReviewKey key = folder.key();
    List<UnblindedItem> unblinded = unblind(items, key, reviewers, state);
    return new Unblinding(
        key, results(key, reviewers, open, unblinded, state), CandidatePairs.of(unblinded));
  }

  private static Map<String, Long> open(
      List<ReviewItem> items, List<String> reviewers, ReviewState state) {
    Map<String, Long> open = new LinkedHashMap<>();
    for (String name : reviewers) {
      long missing =
          items.stream().filter(item -> !state.opinion(name, item.id()).complete()).count();
      if (missing > 0) {
        open.put(name, missing);
      }
    }
    return open;
  }

  private static String describe(Map<String, Long> open, int items) {
    return open.entrySet().stream()
        .map(entry -> entry.getKey() + " has " + entry.getValue() + " of " + items + " items open")
        .collect(Collectors.joining(", "));
  }

  private static List<UnblindedItem> unblind(
      List<ReviewItem> items, ReviewKey key, List<String> reviewers, ReviewState state) {
    Map<String, ReviewKey.Entry> entries = new LinkedHashMap<>();
    key.entries().forEach(entry -> entries.put(entry.item(), entry));
    List<UnblindedItem> unblinded = new ArrayList<>();
    for (ReviewItem item : items) {
      ReviewKey.Entry entry = entries.get(item.id());
      if (entry == null) {
        throw Failure.refused("the key has no item " + item.id(), ReviewFolder.FIX);
      }
      Map<String, Opinion> opinions = new LinkedHashMap<>();
      reviewers.forEach(name -> opinions.put(name, state.opinion(name, item.id())));
      opinions.values().removeIf(Opinion.NONE::equals);
      unblinded.add(UnblindedItem.of(item, entry, opinions));
    }
    return unblinded;
  }

  private static ReviewResults results(
      ReviewKey key,
      List<String> reviewers,
      Map<String, Long> open,
      List<UnblindedItem> items,
      ReviewState state) {
    return new ReviewResults(
        key.candidate(),
        key.rival(),
        reviewers,
        items.size(),
        open.values().stream().mapToInt(Long::intValue).sum(),
        ReviewStatistics.votes(items),
        ReviewStatistics.winRate(items).orElse(null),
        ReviewStatistics.leftShare(items).orElse(null),
        ReviewStatistics.ratings(items),
        ReviewStatistics.agreement(items),
        state.approvals());
  }
}

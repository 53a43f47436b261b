package dev.pipeline.evaluate.review;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far a review is; it tells nothing of what anybody said.
 *
 * @param items that are judged
 * @param finished items on which nothing is open, by reviewer in the order of their invitation
 */
public record ReviewProgress(int items, Map<String, Integer> finished) {
  /** That of {@code folder} by what its log holds now. */
  public static ReviewProgress of(ReviewFolder folder) {
    ReviewState state = ReviewState.of(ReviewLog.read(folder.log()));
    Map<String, Integer> finished = new LinkedHashMap<>();
    for (Reviewer reviewer : folder.reviewers().all()) {
      long complete =
          state.opinionsOf(reviewer.name()).values().stream().filter(Opinion::complete).count();
      finished.put(reviewer.name(), (int) complete);
    }
    return new ReviewProgress(folder.items().size(), finished);
  }

  /** Whether somebody was invited, and nobody has anything left to judge. */
  public boolean done() {
    return !finished.isEmpty() && finished.values().stream().allMatch(count -> count >= items);
  }
}

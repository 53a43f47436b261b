package dev.pipeline.evaluate.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.evaluate.metric.Score;
import dev.pipeline.evaluate.review.UnblindedItem.Voice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReviewStatisticsTest {
  private static final int TRIALS = 2_000;

  @Test
  void coversTheTrueWinRateOfOneReviewerAsOftenAsItSays() {
    assertThat(coverage(new Random(1), 1, 0)).isBetween(0.93, 0.985);
  }

  @Test
  void coversItWithTiesAndReviewersWhoFollowTheItem() {
    // Two thirds of the votes are the item's own, so that reviewers are far from independent.
    assertThat(coverage(new Random(2), 3, 0.67)).isGreaterThan(0.94);
  }

  @Test
  void allWinsAreNoCertainty() {
    Score rate = ReviewStatistics.winRate(items(new Random(3), 30, 2, 0, 1, 0)).orElseThrow();
    assertThat(rate.value()).isEqualTo(1);
    assertThat(rate.low()).isBetween(0.88, 0.89);
  }

  @Test
  void saysNothingWithoutVotes() {
    List<UnblindedItem> silent = List.of(item(0, Map.of()));
    assertThat(ReviewStatistics.winRate(silent)).isEmpty();
    assertThat(ReviewStatistics.leftShare(silent)).isEmpty();
    assertThat(ReviewStatistics.ratings(silent)).isEmpty();
    assertThat(ReviewStatistics.agreement(silent)).isEmpty();
  }

  /** Share of intervals of thirty items that hold the true rate. */
  private static double coverage(Random random, int reviewers, double following) {
    double win = 0.55;
    double tie = reviewers == 1 ? 0 : 0.2;
    double truth = win + tie / 2;
    int covered = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      Score rate =
          ReviewStatistics.winRate(items(random, 30, reviewers, following, win, tie)).orElseThrow();
      covered += rate.low() <= truth && truth <= rate.high() ? 1 : 0;
    }
    return (double) covered / TRIALS;
  }

  private static List<UnblindedItem> items(
      Random random, int count, int reviewers, double following, double win, double tie) {
    List<UnblindedItem> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double own = vote(random, win, tie);
      Map<String, Voice> voices = new LinkedHashMap<>();
      for (int reviewer = 0; reviewer < reviewers; reviewer++) {
        double vote = random.nextDouble() < following ? own : vote(random, win, tie);
        voices.put(
            "reviewer " + reviewer, new Voice(OptionalDouble.of(vote), Map.of(), Map.of(), ""));
      }
      items.add(item(i, voices));
    }
    return items;
  }

  private static double vote(Random random, double win, double tie) {
    double drawn = random.nextDouble();
    return drawn < win ? 1 : drawn < win + tie ? 0.5 : 0;
  }

  private static UnblindedItem item(int number, Map<String, Voice> voices) {
    ReviewItem item = ReviewItem.of("", "message " + number, "left", "right");
    return new UnblindedItem(item, new ReviewKey.Entry(item.id(), "row", "all", true), voices);
  }
}

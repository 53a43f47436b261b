package dev.pipeline.evaluate.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pipeline.data.Approval;
import dev.pipeline.evaluate.metric.Score;
import dev.pipeline.io.Failure;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four items and two reviewers, small enough to count by hand. */
class UnblindingTest {
  @TempDir Path home;
  private ReviewFolder folder;

  @BeforeEach
  void judge() {
    folder = ReviewFolder.create(home, ReviewDraw.of(Contests.contest(4), null, 4, 3));
    try (ReviewDesk desk = ReviewDesk.open(folder, List.of("Anna", "Ben"))) {
      // Anna: won, won, tied, lost. Ben: won, lost, won, lost.
      say(desk, "Anna", 0, 1, 5, 2, "Warmer.");
      say(desk, "Anna", 1, 1, 4, 4, "");
      say(desk, "Anna", 2, 0, 3, 3, "");
      say(desk, "Anna", 3, -1, 1, 2, "Makes up a \"figure\".");
      say(desk, "Ben", 0, 1, 4, 1, "");
      say(desk, "Ben", 1, -1, 4, 4, "Too long.");
      say(desk, "Ben", 2, 1, 3, 3, "");
      say(desk, "Ben", 3, -1, 2, 2, "");
      desk.keep(
          desk.reviewers().named("Ben").orElseThrow(), Approval.State.REJECTED, " Odd lots. ");
    }
  }

  @Test
  void countsVotesForTheCandidateWhereverItStood() {
    ReviewResults results = Unblinding.of(folder, false).results();
    assertThat(results.votes()).isEqualTo(new ReviewResults.Votes(4, 1, 3));
    assertThat(results.open()).isZero();
    // (1 + 1/2 + 3/4 + 0) / 4; Wilson: (0.5625 + 0.4802 -+ 1.96 sqrt(0.0615 + 0.0600)) / 1.9604.
    Score rate = Objects.requireNonNull(results.winRate());
    assertThat(rate.value()).isCloseTo(0.5625, within(1e-12));
    assertThat(rate.low()).isCloseTo(0.1833, within(1e-4));
    assertThat(rate.high()).isCloseTo(0.8804, within(1e-4));
    assertThat(rate.n()).isEqualTo(4);
  }

  @Test
  void tellsWhetherASideIsFavoured() {
    ReviewKey key = folder.key();
    int left = 0;
    boolean[][] won = {{true, true}, {true, false}, {true}, {false, false}};
    for (int item = 0; item < won.length; item++) {
      for (boolean candidate : won[item]) {
        left += candidate == key.entries().get(item).candidateLeft() ? 1 : 0;
      }
    }
    Score share = Objects.requireNonNull(Unblinding.of(folder, false).results().leftShare());
    assertThat(share.value()).isEqualTo(left / 7.0);
  }

  @Test
  void comparesRatingsItemByItem() {
    Map<Criterion, ReviewResults.Ratings> ratings =
        Unblinding.of(folder, false).results().ratings();
    ReviewResults.Ratings tone = Objects.requireNonNull(ratings.get(Criterion.TONE));
    // Candidate 4.5, 4, 3, 1.5; rival 1.5, 4, 3, 2.
    assertThat(tone.candidate().value()).isEqualTo(3.25);
    assertThat(tone.rival().value()).isEqualTo(2.625);
    assertThat(tone.difference().value()).isEqualTo(0.625);
    assertThat(tone.difference().low()).isLessThanOrEqualTo(0.625).isGreaterThanOrEqualTo(-0.5);
    assertThat(tone.difference().n()).isEqualTo(4);
  }

  @Test
  void measuresAgreement() {
    // Votes 1 1, 1 0, .5 1, 0 0. Observed: 2 * (1 + 1/4) = 2.5 over 1. Expected: the pairs of
    // {1 1 1 0 .5 1 0 0}: 4 ones, 1 half, 3 zeros: 2 * (12 + 4/4 + 3/4) / 7. Alpha = 1 - 2.5 * 7 /
    // 27.5.
    Map<String, Double> agreement = Unblinding.of(folder, false).results().agreement();
    assertThat(agreement.get("preference")).isCloseTo(1 - 17.5 / 27.5, within(1e-12));
    assertThat(agreement).as("nobody differs in the rest").containsOnlyKeys("preference", "tone");
  }

  @Test
  void decidedItemsArePairsWithTheirRationale() {
    CandidatePairs pairs = Unblinding.of(folder, false).pairs();
    assertThat(pairs.decided()).hasSize(3);
    CandidatePair first = pairs.decided().get(0);
    ReviewItem item = folder.items().get(0);
    assertThat(first.prompt()).isEqualTo(item.message());
    assertThat(first.context()).isEqualTo(item.context());
    assertThat(first.chosen()).startsWith("Prices up");
    assertThat(first.rejected()).startsWith("Dear supplier");
    assertThat(first.rationale())
        .isEqualTo("2 of 2 reviewers: tone 5 against 2, Warmer.; tone 4 against 1");
    assertThat(pairs.decided().get(2).chosen()).startsWith("Dear supplier");
    assertThat(pairs.decided().get(2).rationale())
        .isEqualTo("2 of 2 reviewers: tone 2 against 1, Makes up a \"figure\".");
  }

  @Test
  void evenReviewersGiveBothPairsToChooseFrom() {
    List<CandidatePair> disputed = Unblinding.of(folder, false).pairs().disputed();
    assertThat(disputed).hasSize(2);
    assertThat(disputed.get(0).chosen()).isEqualTo(disputed.get(1).rejected());
    assertThat(disputed)
        .extracting(CandidatePair::rationale)
        .containsExactly("1 of 2 reviewers", "1 of 2 reviewers: Too long.");
  }

  @Test
  void betterRatingsDecideBetweenEvenReviewers() {
    try (ReviewDesk desk = ReviewDesk.open(folder, List.of())) {
      say(desk, "Ben", 1, -1, 2, 5, "");
    }
    CandidatePairs pairs = Unblinding.of(folder, false).pairs();
    assertThat(pairs.disputed()).isEmpty();
    assertThat(pairs.decided().get(1).chosen()).startsWith("Dear supplier");
  }

  @Test
  void refusesToLookWhileOpinionsAreOpen() {
    try (ReviewDesk desk = ReviewDesk.open(folder, List.of("Cleo"))) {
      assertThat(desk.items()).hasSize(4);
    }
    assertThatThrownBy(() -> Unblinding.of(folder, false))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Cleo has 4 of 4 items open");
    ReviewResults results = Unblinding.of(folder, true).results();
    assertThat(results.open()).isEqualTo(4);
    assertThat(results.votes().all()).isEqualTo(8);
  }

  @Test
  void carriesApprovals() {
    Map<String, Approval> approvals = Unblinding.of(folder, false).results().approvals();
    assertThat(approvals)
        .containsExactly(
            Map.entry("Ben", new Approval(Approval.State.REJECTED, "Ben", "Odd lots.")));
  }

  /**
   * {@code vote} is 1 for the candidate, -1 for the rival; {@code tone} is the candidate's first.
   */
  private void say(
      ReviewDesk desk, String reviewer, int index, int vote, int tone, int rivalTone, String why) {
    ReviewKey.Entry entry = folder.key().entries().get(index);
    Map<Criterion, Integer> candidate = ratings(tone, 3);
    Map<Criterion, Integer> rival = ratings(rivalTone, 3);
    Preference preference =
        vote == 0
            ? Preference.TIE
            : (vote > 0) == entry.candidateLeft() ? Preference.LEFT : Preference.RIGHT;
    Opinion opinion =
        new Opinion(
            preference,
            entry.candidateLeft() ? candidate : rival,
            entry.candidateLeft() ? rival : candidate,
            why);
    desk.keep(desk.reviewers().named(reviewer).orElseThrow(), entry.item(), opinion);
  }

  private static Map<Criterion, Integer> ratings(int tone, int rest) {
    Map<Criterion, Integer> ratings = new HashMap<>();
    ratings.put(Criterion.TONE, tone);
    ratings.put(Criterion.GROUNDING, rest);
    ratings.put(Criterion.NEXT_STEP, rest);
    return ratings;
  }
}

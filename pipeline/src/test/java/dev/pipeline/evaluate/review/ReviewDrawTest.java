package dev.pipeline.evaluate.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReviewDrawTest {
  @Test
  void putsEachModelLeftEquallyOften() {
    ReviewDraw draw = draw(30, 1);
    assertThat(draw.items()).hasSize(30);
    assertThat(draw.key().entries()).filteredOn(ReviewKey.Entry::candidateLeft).hasSize(15);
  }

  @Test
  void aPlaceDoesNotTellTheSide() {
    for (int place : new int[] {0, 1, 14, 29}) {
      double left =
          IntStream.range(0, 1_000)
                  .filter(seed -> draw(30, seed).key().entries().get(place).candidateLeft())
                  .count()
              / 1_000.0;
      assertThat(left).isCloseTo(0.5, within(0.065));
    }
  }

  @Test
  void chanceDecidesTheOddSide() {
    double left =
        IntStream.range(0, 1_000)
                .filter(seed -> draw(1, seed).key().entries().get(0).candidateLeft())
                .count()
            / 1_000.0;
    assertThat(left).isCloseTo(0.5, within(0.065));
  }

  @Test
  void theKeyTellsTheSidesAndTheItemsDoNot() {
    ReviewDraw draw = draw(30, 4);
    for (int i = 0; i < 30; i++) {
      ReviewItem item = draw.items().get(i);
      boolean candidateLeft = draw.key().entries().get(i).candidateLeft();
      assertThat(draw.key().entries().get(i).item()).isEqualTo(item.id());
      assertThat(candidateLeft ? item.left() : item.right()).startsWith("Prices up");
      assertThat(candidateLeft ? item.right() : item.left()).startsWith("Dear supplier");
    }
    String shown = Json.line(draw.items());
    assertThat(Contests.LABELS).filteredOn(shown::contains).isEmpty();
  }

  @Test
  void anIdIsADigestOfWhatIsShown() {
    ReviewItem item = draw(1, 9).items().get(0);
    assertThat(ReviewItem.of(item.context(), item.message(), item.left(), item.right()))
        .isEqualTo(item);
    assertThat(ReviewItem.of(item.context(), item.message(), item.right(), item.left()).id())
        .isNotEqualTo(item.id());
  }

  @Test
  void drawsTheSameForTheSameSeed() {
    assertThat(draw(30, 7)).isEqualTo(draw(30, 7)).isNotEqualTo(draw(30, 8));
  }

  @Test
  void leavesOutRowsThatBothAnsweredAlike() {
    Contest contest =
        Contest.againstBase(
            Contests.evaluation(20, i -> i % 4 == 0 ? "Same." : "One " + i, i -> "Same."));
    ReviewDraw draw = ReviewDraw.of(contest, null, 30, 1);
    assertThat(draw.items()).hasSize(15);
    assertThat(draw.key().sameAnswers()).isEqualTo(5);
    assertThat(draw.key().holdout()).isEqualTo(20);
  }

  @Test
  void refusesModelsThatNeverDiffer() {
    Contest contest = Contest.againstBase(Contests.evaluation(3, i -> "Same.", i -> "Same."));
    assertThatThrownBy(() -> ReviewDraw.of(contest, null, 30, 1))
        .isInstanceOf(Failure.class)
        .hasMessage("marigold and basalt gave the same answer to all 3 rows");
    assertThatThrownBy(() -> draw(0, 1))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("--items");
  }

  @Test
  void comparesTwoRunsOnWhatBothWereAsked() {
    Contest contest =
        Contest.between(
            "aaaa",
            Contests.evaluation(12, i -> "First " + i, i -> "base"),
            "bbbb",
            Contests.evaluation(8, i -> "Second " + i, i -> "base"));
    assertThat(contest.rows()).hasSize(8);
    assertThat(contest.candidate().name()).isEqualTo("marigold of run aaaa");
    assertThat(contest.rival().name()).isEqualTo("marigold of run bbbb");
    assertThat(contest.rows().get(7).rival().answer().text()).isEqualTo("Second 7");
  }

  @Test
  void refusesRunsWithoutACommonRow() {
    assertThatThrownBy(
            () -> Contest.between("aaaa", Contests.evaluation(4), "bbbb", Contests.evaluation(0)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("aaaa and bbbb");
  }

  @Test
  void strataAreMoodAndObjections() {
    List<String> strata =
        draw(30, 1).key().entries().stream()
            .map(ReviewKey.Entry::stratum)
            .distinct()
            .sorted()
            .toList();
    assertThat(strata)
        .containsExactly(
            "cordial, 0 objected to",
            "cordial, 1 objected to",
            "frustrated, 0 objected to",
            "frustrated, 1 objected to",
            "wary, 0 objected to",
            "wary, 1 objected to");
  }

  private static ReviewDraw draw(int size, long seed) {
    return ReviewDraw.of(Contests.contest(40), null, size, seed);
  }
}

package dev.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.chat.TrainingExample;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LengthGroupsTest {
  private static final Batching GROUPED = Batching.groupedByLength(4, 1);
  private static final Batching RANDOM = Batching.padded(4, 1);

  /** Most rows are short, a few are twenty times as long. */
  private static final List<TrainingExample> ROWS = rows(1003);

  @Test
  void paddingIsATenthOfWhatRandomCompanyCosts() {
    long real = ROWS.stream().mapToLong(Batch::inputs).sum();
    double random = computed(RANDOM) - real;
    double grouped = computed(GROUPED) - real;
    assertThat(random / real).as("share of padding in random company").isGreaterThan(0.9);
    assertThat(grouped / random).isLessThan(0.1);
  }

  @Test
  void everyRowIsSeenOnceAnEpochHasAnOrderOfItsOwnAndTheLongestComesFirst() {
    List<String> first = visited(GROUPED, 1);
    assertThat(first)
        .hasSameSizeAs(ROWS)
        .containsExactlyInAnyOrderElementsOf(ROWS.stream().map(TrainingExample::id).toList())
        .isNotEqualTo(visited(GROUPED, 2));
    TrainingExample longest = LengthGroups.longestFirst(ROWS, Batch::length).get(0);
    assertThat(batches(GROUPED, 1).findFirst().orElseThrow().examples()).contains(longest);
  }

  @Test
  void aResumedEpochGoesOnWithTheSameRows() {
    assertThat(visited(GROUPED, 3)).isEqualTo(visited(GROUPED, 3));
  }

  @Test
  void lengthsDoNotFallFromTheFirstStepToTheLast() {
    List<Integer> lengths = batches(GROUPED, 1).map(Batch::length).toList();
    long rises =
        IntStream.range(1, lengths.size())
            .filter(step -> lengths.get(step) > lengths.get(step - 1))
            .count();
    assertThat(rises).as("beginnings of groups").isEqualTo(1003 / (4 * 50));
  }

  @Test
  void fewRowsMakeGroupsToo() {
    for (int count = 0; count < 20; count++) {
      assertThat(LengthGroups.of(rows(count), Batch::length, 4)).hasSize(count);
    }
  }

  private static long computed(Batching batching) {
    return batches(batching, 1).mapToLong(batch -> (long) batch.rows() * batch.length()).sum();
  }

  private static List<String> visited(Batching batching, int number) {
    return batches(batching, number)
        .flatMap(batch -> batch.examples().stream())
        .map(TrainingExample::id)
        .toList();
  }

  private static Stream<Batch> batches(Batching batching, int number) {
    Epoch<TrainingExample> epoch = new Epoch<>(ROWS, Batch::length, batching, 5, number);
    return IntStream.range(0, Epoch.steps(ROWS.size(), batching))
        .boxed()
        .flatMap(step -> batching.batches(epoch.step(step)).stream());
  }

  private static List<TrainingExample> rows(int count) {
    SplittableRandom random = new SplittableRandom(7);
    return IntStream.range(0, count)
        .mapToObj(
            row -> {
              int tokens = (int) (20 * Math.exp(3 * Math.pow(random.nextDouble(), 4)));
              return new TrainingExample("row" + row, new long[tokens], 1);
            })
        .toList();
  }
}

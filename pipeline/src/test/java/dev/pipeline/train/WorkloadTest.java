package dev.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.chat.TrainingExample;
import dev.pipeline.io.Failure;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkloadTest {
  @Test
  void paddingAndLooksAtTheHoldOutAreCounted() {
    // Four rows in one batch of 4 x 30; 2 epochs make 2 steps, each followed by a look at 1 x 9.
    Workload work = Workload.of(rows(31, 11, 11, 11), rows(10), settings(Batching.padded(4, 1), 1));
    assertThat(work).isEqualTo(new Workload(4, 2, 2 * 64, 2 * 120, 2 * 9));
  }

  @Test
  void aLookAtTheEndIsCountedWhereNoneWasDue() {
    Workload work = Workload.of(rows(5, 5, 5), rows(10), settings(Batching.padded(1, 1), 4));
    assertThat(work.steps()).isEqualTo(6);
    assertThat(work.evaluated()).as("after steps 4 and 6").isEqualTo(2 * 9);
  }

  @Test
  void packingAndGroupingPadLess() {
    int[] lengths = IntStream.range(0, 64).map(i -> i % 8 == 0 ? 100 : 10).toArray();
    long padded = positions(lengths, Batching.padded(4, 1));
    assertThat(positions(lengths, Batching.groupedByLength(4, 1))).isLessThan(padded * 4 / 5);
    assertThat(positions(lengths, Batching.packed(4, 1, 400))).isEqualTo(2 * (8 * 99 + 56 * 9));
  }

  @Test
  void evenRowsPadNothing() {
    assertThat(Workload.even(10, 50, settings(Batching.padded(4, 1), 1)))
        .isEqualTo(new Workload(10, 6, 1000, 1000, 0));
  }

  @Test
  void whatCannotBeCountedIsRefusedAndTheLargestCountsAreNotNegative() {
    Batching one = Batching.padded(1, 1);
    assertThat(Workload.even(1 << 30, 1, settings(one, 1, 1)).steps()).isEqualTo(1 << 30);
    assertThat(Workload.even(Integer.MAX_VALUE, 1, settings(one, 1, 1)).steps())
        .isEqualTo(Integer.MAX_VALUE);
    assertThatThrownBy(() -> Workload.even(1 << 30, 1, settings(one, 1, 2)))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "num_epochs 2 of 1,073,741,824 rows make 2,147,483,648 steps, more than can be counted");
    assertThat(Workload.of(rows(5, 5), rows(10), settings(one, Integer.MAX_VALUE)).evaluated())
        .as("one look, at the end")
        .isEqualTo(9);
  }

  private static long positions(int[] lengths, Batching batching) {
    return Workload.of(rows(lengths), List.of(), settings(batching, 1)).positions();
  }

  private static TrainingSettings settings(Batching batching, int saveSteps) {
    return settings(batching, saveSteps, 2);
  }

  private static TrainingSettings settings(Batching batching, int saveSteps, int epochs) {
    return new TrainingSettings(
        1, epochs, batching, 1e-2, 0, AdamWSettings.defaults(), false, saveSteps, 2, 0, 0);
  }

  private static List<TrainingExample> rows(int... lengths) {
    return IntStream.range(0, lengths.length)
        .mapToObj(i -> new TrainingExample("row" + i, new long[lengths[i]], 1))
        .toList();
  }
}

package dev.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.chat.TrainingExample;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchTest {
  @Test
  void targetsAreTheNextTokensOfTheAnswerAndNothingElse() {
    Batch batch =
        Batch.of(
            List.of(
                new TrainingExample("a", new long[] {1, 2, 3, 4}, 2),
                new TrainingExample("b", new long[] {5, 6}, 1)));
    assertThat(batch.length()).isEqualTo(3);
    assertThat(batch.ids()).containsExactly(1, 2, 3, 5, 0, 0);
    assertThat(batch.targets()).containsExactly(-100, 3, 4, 6, -100, -100);
    assertThat(batch.trainedTokens()).isEqualTo(3);
    assertThat(batch.tokens()).isEqualTo(6);
  }

  @Test
  void packedExamplesFollowEachOtherWithoutPadding() {
    Batch batch =
        Batch.packed(
            List.of(
                new TrainingExample("a", new long[] {1, 2, 3, 4}, 2),
                new TrainingExample("b", new long[] {5, 6}, 1)));
    assertThat(batch.rows()).isEqualTo(1);
    assertThat(batch.ids()).containsExactly(1, 2, 3, 5);
    assertThat(batch.targets()).containsExactly(-100, 3, 4, 6);
    assertThat(batch.samples()).containsExactly(3, 1);
  }

  @Test
  void packsAreFilledLongestFirstAndNeverBeyondTheirRoom() {
    List<TrainingExample> rows =
        IntStream.of(3, 9, 4, 6, 8)
            .mapToObj(tokens -> new TrainingExample("row" + tokens, new long[tokens + 1], 1))
            .toList();
    assertThat(Batching.packed(1, 5, 12).batches(rows))
        .extracting(batch -> batch.examples().stream().map(TrainingExample::id).toList())
        .containsExactly(List.of("row9", "row3"), List.of("row8", "row4"), List.of("row6"));
  }

  @Test
  void aRowLongerThanAPackIsAPackOfItsOwn() {
    List<TrainingExample> rows = List.of(new TrainingExample("long", new long[20], 1));
    assertThat(Batching.packed(1, 1, 12).batches(rows)).hasSize(1);
  }

  @Test
  void anEpochVisitsEveryRowOnceInAnOrderOfItsOwn() {
    List<TrainingExample> rows =
        IntStream.range(0, 23)
            .mapToObj(i -> new TrainingExample("row" + i, new long[2 + i % 5], 1))
            .toList();
    assertThat(visited(rows, 1)).containsExactlyInAnyOrderElementsOf(visited(rows, 2));
    assertThat(visited(rows, 1))
        .hasSize(23)
        .isEqualTo(visited(rows, 1))
        .isNotEqualTo(visited(rows, 2));
  }

  private static List<String> visited(List<TrainingExample> rows, int number) {
    Batching batching = Batching.padded(2, 3);
    Epoch<TrainingExample> epoch = new Epoch<>(rows, Batch::length, batching, 5, number);
    return IntStream.range(0, Epoch.steps(rows.size(), batching))
        .boxed()
        .flatMap(step -> batching.batches(epoch.step(step)).stream())
        .flatMap(batch -> batch.examples().stream())
        .map(TrainingExample::id)
        .toList();
  }
}

package dev.pipeline.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  @TempDir Path folder;

  @Test
  void linesOfOneStepAreOneRowAndTheLastIsHeldBackUntilItIsWhole() throws IOException {
    write("{\"step\":1,\"loss\":3.0}\n{\"eval_loss\":2.5,\"step\":1}\n{\"step\":2,\"loss\":2.0}\n");
    History history = new History(file(), 10);
    History.Chunk first = history.peek(false);
    assertThat(first.rows()).extracting(Row::step).containsExactly(1L);
    assertThat(first.rows().get(0).values()).containsOnlyKeys("loss", "eval_loss");
    history.pass(first);
    assertThat(history.peek(false).isEmpty()).isTrue();
    History.Chunk rest = history.peek(true);
    assertThat(rest.offset()).isEqualTo(1);
    assertThat(rest.rows()).extracting(Row::step).containsExactly(2L);
    assertThat(rest.last()).containsEntry("loss", 2.0).containsEntry("eval_loss", 2.5);
  }

  @Test
  void whatWasNotPassedComesAgain() throws IOException {
    write("{\"step\":1}\n{\"step\":2}\n{\"step\":3}\n");
    History history = new History(file(), 2);
    assertThat(history.peek(true)).isEqualTo(history.peek(true));
    history.pass(history.peek(true));
    assertThat(history.peek(true).rows()).extracting(Row::step).containsExactly(3L);
  }

  @Test
  void aLineWithoutItsEndIsNotThereYet() throws IOException {
    write("{\"step\":1}\n{\"step\":2,\"lo");
    History history = new History(file(), 5);
    assertThat(history.peek(true).rows()).extracting(Row::step).containsExactly(1L);
    Files.writeString(file(), "ss\":1.5}\n", StandardOpenOption.APPEND);
    assertThat(history.peek(true).rows()).extracting(Row::step).containsExactly(1L, 2L);
  }

  @Test
  void aRunThatResumesIsCountedFromItsStart() throws IOException {
    write("{\"step\":1}\n{\"step\":2}\n{\"step\":3}\n{\"step\":4}\n");
    History history = new History(file(), 3);
    history.pass(history.peek(false));
    // Resumed from the checkpoint of step 2; lines have other lengths by their times.
    write("{\"step\":1,\"time\":1.5}\n{\"step\":2,\"time\":2.5}\n");
    assertThat(history.peek(false).isEmpty()).isTrue();
    for (int step = 3; step <= 5; step++) {
      Files.writeString(file(), "{\"step\":" + step + "}\n", StandardOpenOption.APPEND);
    }
    History.Chunk next = history.peek(true);
    assertThat(next.offset()).isEqualTo(3);
    assertThat(next.rows()).extracting(Row::step).containsExactly(4L, 5L);
  }

  @Test
  void rowsThatAreThereAlreadyAreLeftOut() throws IOException {
    write("{\"step\":1,\"loss\":4}\n{\"step\":2}\n{\"step\":3}\n");
    History history = new History(file(), 10);
    history.skip(2);
    assertThat(history.peek(true).rows()).extracting(Row::step).containsExactly(3L);
    assertThat(history.peek(true).last()).containsEntry("loss", 4);
    history.skip(7);
    assertThat(history.peek(true).rows()).isEqualTo(List.of());
  }

  @Test
  void refusesWhatIsNoJsonAndEndlessLines() throws IOException {
    write("{\"step\":1}\nnonsense\n");
    assertThatThrownBy(() -> new History(file(), 10).peek(true))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("metrics.jsonl")
        .hasMessageContaining("no JSON");
    write("x".repeat((1 << 20) + 1));
    assertThatThrownBy(() -> new History(file(), 10).peek(true)).hasMessageContaining("longer");
  }

  private Path file() {
    return folder.resolve(TrackedRun.METRICS);
  }

  private void write(String text) {
    AtomicFiles.writeString(file(), text);
  }
}

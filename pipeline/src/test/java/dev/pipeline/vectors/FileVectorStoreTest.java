package dev.pipeline.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileVectorStoreTest implements VectorStoreContract {
  @TempDir Path folder;

  @Override
  public VectorStore store() {
    return new FileVectorStore(folder.resolve("memory"));
  }

  @Override
  public String name() {
    return "notes";
  }

  @Test
  void anAppendThatACrashToreIsForgotten() throws IOException {
    VectorCollection notes = store().open("notes", SMALL);
    Point first = new Point(UUID.randomUUID(), Map.of("n", 1), new float[] {1, 0, 0, 0});
    Point second = new Point(UUID.randomUUID(), Map.of("n", 2), new float[] {0, 1, 0, 0});
    notes.put(List.of(first));
    byte[] before = Files.readAllBytes(log());
    notes.put(List.of(second));
    byte[] after = Files.readAllBytes(log());

    for (int length = before.length; length < after.length; length += 7) {
      Files.write(log(), Arrays.copyOf(after, length));
      assertThat(store().open("notes", SMALL).all(Map.of())).containsExactly(first.entry());
      store().open("notes", SMALL).put(List.of(second));
      assertThat(log()).hasBinaryContent(after);
    }
  }

  @Test
  void oneThatIsHeldOpenSeesWhatOthersWrite() {
    VectorCollection mine = store().open("notes", SMALL);
    assertThat(mine.all(Map.of())).isEmpty();

    store()
        .open("notes", SMALL)
        .put(List.of(new Point(UUID.randomUUID(), Map.of(), new float[] {1, 0, 0, 0})));

    assertThat(mine.all(Map.of())).hasSize(1);
  }

  @Test
  void writersAtTheSameTimeLoseNothing() throws InterruptedException {
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Point point = new Point(UUID.randomUUID(), Map.of(), new float[] {1, 0, 0, 0});
      Thread writer = new Thread(() -> store().open("notes", SMALL).put(List.of(point)));
      writers.add(writer);
      writer.start();
    }
    for (Thread writer : writers) {
      writer.join();
    }
    assertThat(store().open("notes", SMALL).all(Map.of())).hasSize(8);
  }

  @Test
  void linesThatCountNoMoreAreSweptOut() throws IOException {
    VectorCollection notes = store().open("notes", SMALL);
    Point point = new Point(UUID.randomUUID(), Map.of(), new float[] {1, 0, 0, 0});

    for (int i = 0; i < 30; i++) {
      notes.put(java.util.Collections.nCopies(50, point));
    }

    assertThat(Files.readAllLines(log())).hasSizeLessThan(1100);
    assertThat(notes.all(Map.of())).containsExactly(point.entry());
  }

  @Test
  void aDamagedLineIsNamed() throws IOException {
    store()
        .open("notes", SMALL)
        .put(List.of(new Point(UUID.randomUUID(), Map.of(), new float[] {1, 0, 0, 0})));
    Files.writeString(log(), "{not json}\n", StandardOpenOption.APPEND);

    assertThatThrownBy(() -> store().open("notes", SMALL).all(Map.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("points.jsonl line 2");
  }

  @ParameterizedTest
  @CsvSource({"!!!!,its vector is not Base64", "AAAA,'its vector has 3 bytes, not 16'"})
  void aDamagedVectorIsNamedAndHidesNoPoint(String vector, String fault) throws IOException {
    store()
        .open("notes", SMALL)
        .put(List.of(new Point(UUID.randomUUID(), Map.of(), new float[] {1, 0, 0, 0})));
    String damaged =
        "{\"id\":\"%s\",\"payload\":{},\"vector\":\"%s\"}\n".formatted(UUID.randomUUID(), vector);
    Files.writeString(log(), damaged, StandardOpenOption.APPEND);

    assertThatThrownBy(
            () -> store().open("notes", SMALL).search(new float[] {1, 0, 0, 0}, Map.of(), 9))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("points.jsonl line 2: " + fault);
  }

  private Path log() {
    return folder.resolve("memory/notes/points.jsonl");
  }
}

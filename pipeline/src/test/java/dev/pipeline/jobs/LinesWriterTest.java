package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;

class LinesWriterTest {
  @TempDir Path folder;

  @Test
  void aRestartCutsOffWhatWasNotCommitted() {
    ExecutionContext committed = new ExecutionContext();
    LinesWriter killed = new LinesWriter(folder, "a.jsonl", "b.jsonl");
    killed.open(committed);
    killed.write(Chunk.of(List.of(new Line("a.jsonl", 1)), List.of(new Line("b.jsonl", "é"))));
    killed.update(committed);
    killed.write(Chunk.of(List.of(new Line("a.jsonl", 2))));
    killed.close();

    LinesWriter restarted = new LinesWriter(folder, "a.jsonl", "b.jsonl");
    restarted.open(committed);
    restarted.write(Chunk.of(List.of(new Line("a.jsonl", 2)), List.of(new Line("a.jsonl", 3))));
    restarted.close();

    assertThat(folder.resolve("a.jsonl")).hasContent("1\n2\n3\n");
    assertThat(folder.resolve("b.jsonl")).hasContent("\"é\"\n");
  }

  @Test
  void aFreshStartForgetsAnOlderFile() {
    LinesWriter older = new LinesWriter(folder, "a.jsonl");
    older.open(new ExecutionContext());
    older.write(Chunk.of(List.of(new Line("a.jsonl", "old"))));
    older.close();

    LinesWriter fresh = new LinesWriter(folder, "a.jsonl");
    fresh.open(new ExecutionContext());
    fresh.close();

    assertThat(folder.resolve("a.jsonl")).isEmptyFile();
  }
}

package dev.pipeline.serve.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read to find what somebody asks for, and for how many at a time. */
class LineageDeskTest {
  private static final String VERSION = "ab".repeat(32);
  private static final String RAW = "9a".repeat(32);
  private static final String ROW =
      """
      {"id": "row-1", "source": {"file": "a.jsonl", "line": 3, "conversation": "row-1", "turn": 1, \
      "raw": "%s"}}\
      """
          .formatted(RAW);

  @TempDir Path home;
  private PipelineConfig config;
  private Path rows;

  @BeforeEach
  void leaveADataset() throws IOException {
    Path file =
        Files.writeString(
            home.resolve("all.yaml"),
            "model:\n  model_name: m\n  output_dir: %s\n  dataset_dir: %s\n"
                .formatted(home.resolve("artifacts"), home.resolve("datasets")));
    config = ConfigLoader.load(file, List.of(), "serve");
    Path dataset = Files.createDirectories(home.resolve("datasets/curated/negotiation/" + VERSION));
    Files.writeString(dataset.resolve("manifest.json"), "{\"counts\": {\"train\": 1}}");
    rows = Files.writeString(dataset.resolve("train.jsonl"), ROW + "\n");
  }

  @Test
  void aRowIsFoundByItsOwnDigestAndByItsRawLines() {
    LineageDesk desk = new LineageDesk(config);
    String row = Hashes.sha256(ROW);
    assertThat(desk.walk(RAW, false).subject()).isEqualTo("raw-row:" + RAW);
    assertThat(desk.walk("raw-row:" + RAW, false).subject()).isEqualTo("raw-row:" + RAW);
    assertThat(desk.walk(row, false).subject()).isEqualTo("row:" + row);
    assertThat(desk.walk("row:" + row, true).subject()).isEqualTo("row:" + row);
  }

  @Test
  void noRowIsReadForADigestThatAManifestTells() throws IOException {
    Files.writeString(rows, "{\"half\": \n");
    LineageDesk desk = new LineageDesk(config);
    assertThat(desk.walk(VERSION, false).subject()).isEqualTo("dataset:" + VERSION);
    assertThatThrownBy(() -> desk.walk(RAW, false)).hasMessageContaining("a line is no JSON");
  }

  @Test
  void rowsAreReadForOneWhoAsksAtATime() {
    ReentrantReadWriteLock others = new ReentrantReadWriteLock();
    LineageDesk desk = new LineageDesk(config, new ReentrantLock(), others.writeLock());
    // Unlike a write lock of this thread's, this keeps this thread itself out.
    others.readLock().lock();
    try {
      for (String asked : List.of(RAW, "row:" + RAW, "cd".repeat(32))) {
        assertThatThrownBy(() -> desk.walk(asked, false))
            .as(asked)
            .isInstanceOf(Failure.class)
            .hasMessageContaining("rows are being read for somebody else");
      }
      assertThat(desk.walk(VERSION, false).subject()).isEqualTo("dataset:" + VERSION);
    } finally {
      others.readLock().unlock();
    }
    assertThat(desk.walk(RAW, false).subject()).isEqualTo("raw-row:" + RAW);
    assertThat(others.isWriteLocked()).isFalse();
  }
}

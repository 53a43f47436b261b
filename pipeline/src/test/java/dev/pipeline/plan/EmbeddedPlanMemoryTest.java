package dev.pipeline.plan;

import static dev.pipeline.plan.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.config.MemoryConfig;
import dev.pipeline.embed.MiniLmEmbedder;
import dev.pipeline.io.Json;
import dev.pipeline.vectors.FileVectorStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPlanMemoryTest implements PlanStoreContract {
  private static final String TIME = "2026-01-01T00:00:00Z";

  @TempDir Path folder;

  @Override
  public PlanStore open() {
    Path memory = folder.resolve(".memory");
    return new PlanMemory(new FileVectorStore(memory), "learning", new MiniLmEmbedder(), memory);
  }

  @Test
  void anAppendThatACrashToreIsDeliveredAgain() throws IOException {
    PlanRecord first = plan("m", "run-1", "Prémier.", TIME);
    PlanRecord second = plan("m", "run-2", "Second.", "2026-01-02T00:00:00Z");
    open().record(first);
    byte[] before = Files.readAllBytes(points());
    open().record(second);
    byte[] after = Files.readAllBytes(points());

    for (int length = before.length; length < after.length; length += 300) {
      Files.write(points(), Arrays.copyOf(after, length));
      assertThat(open().fetch("m", 5)).containsExactly(first);
      open().record(second);
      assertThat(points()).hasBinaryContent(after);
    }
  }

  @Test
  void anEqualPlanIsNotWrittenAgain() throws IOException {
    open().record(plan("m", "run-1", "Plan.", TIME));
    byte[] before = Files.readAllBytes(points());

    open().record(plan("m", "run-1", "Plan.", "2026-05-05T05:05:05Z"));

    assertThat(points()).hasBinaryContent(before);
  }

  @Test
  void writersAtTheSameTimeLoseNothing() throws InterruptedException {
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String runKey = "run-" + i;
      Thread writer = new Thread(() -> open().record(plan("m", runKey, "Plan.", TIME)));
      writers.add(writer);
      writer.start();
    }
    for (Thread writer : writers) {
      writer.join();
    }
    assertThat(open().fetch("m", 100)).hasSize(8);
  }

  @Test
  void plansOfTheFormerFileAreTakenOverOnce() throws IOException {
    PlanRecord plan = plan("m", "run-1", "Plan.", TIME);
    Path former = folder.resolve(".plans/plans.jsonl");
    Files.createDirectories(former.getParent());
    Files.writeString(former, Json.line(plan) + "\n{\"torn");

    assertThat(open().fetch("m", 5)).containsExactly(plan);
    assertThat(open().fetch("m", 5)).containsExactly(plan);
    assertThat(former).doesNotExist();
    assertThat(former.resolveSibling("plans.jsonl.taken")).exists();
  }

  @Test
  void withoutAServerTheConfigurationMeansFiles() {
    if (System.getenv("QDRANT_URL") == null) {
      try (PlanMemory memory = PlanMemory.of(MemoryConfig.DEFAULTS, folder.resolve(".memory"))) {
        memory.record(plan("m", "run-1", "Plan.", TIME));
      }
      assertThat(open().list(5)).hasSize(1);
    }
  }

  private Path points() {
    return folder.resolve(".memory/learning/points.jsonl");
  }
}

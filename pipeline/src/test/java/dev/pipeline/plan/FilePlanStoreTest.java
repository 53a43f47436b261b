package dev.pipeline.plan;

import static dev.pipeline.plan.Plans.plan;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePlanStoreTest implements PlanStoreContract {
  private static final String TIME = "2026-01-01T00:00:00Z";

  @TempDir Path folder;

  @Override
  public PlanStore open() {
    return new FilePlanStore(folder.resolve(".plans"));
  }

  @Test
  void anAppendThatACrashToreIsForgottenAndOverwritten() throws IOException {
    PlanRecord first = plan("m", "run-1", "Prémier.", TIME);
    PlanRecord second = plan("m", "run-2", "Second.", "2026-01-02T00:00:00Z");
    open().record(first);
    byte[] before = Files.readAllBytes(log());
    open().record(second);
    byte[] after = Files.readAllBytes(log());

    for (int length = before.length; length < after.length; length += 61) {
      Files.write(log(), Arrays.copyOf(after, length));
      assertThat(open().fetch("m", 5)).containsExactly(first);
      open().record(second);
      assertThat(log()).hasBinaryContent(after);
    }
  }

  @Test
  void anEqualPlanIsNotWrittenAgain() throws IOException {
    open().record(plan("m", "run-1", "Plan.", TIME));
    byte[] before = Files.readAllBytes(log());

    open().record(plan("m", "run-1", "Plan.", "2026-05-05T05:05:05Z"));

    assertThat(log()).hasBinaryContent(before);
  }

  @Test
  void aDamagedLineIsNamed() throws IOException {
    open().record(plan("m", "run-1", "Plan.", TIME));
    Files.writeString(log(), "{not json}\n", StandardOpenOption.APPEND);

    assertThatThrownBy(() -> open().latest("m"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("plans.jsonl line 2");
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

  private Path log() {
    return folder.resolve(".plans/plans.jsonl");
  }
}

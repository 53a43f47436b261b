package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Failure;
import dev.pipeline.io.StopSignal;
import dev.pipeline.schedule.Agenda;
import dev.pipeline.schedule.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleDaemonTest {
  @TempDir Path folder;
  private final StopSignal stop = new StopSignal();
  private final List<Task> done = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-22T10:00:00Z");

  @Test
  void aMissedMonthComesFirstThenTheDaysLook() {
    ScheduleDaemon daemon = daemon(done::add);
    assertThat(daemon.turn()).isTrue();
    assertThat(daemon.turn()).isTrue();
    assertThat(daemon.turn()).isFalse();
    assertThat(done).containsExactly(Task.RETRAIN, Task.DRIFT);
    now = Instant.parse("2026-11-23T06:30:00Z");
    assertThat(daemon.turn()).isTrue();
    assertThat(done).endsWith(Task.DRIFT);
    now = Instant.parse("2026-12-01T02:00:00Z");
    daemon.turn();
    assertThat(done).endsWith(Task.RETRAIN);
  }

  @Test
  void aFailureEndsNothing() {
    ScheduleDaemon daemon =
        daemon(
            task -> {
              done.add(task);
              switch (done.size()) {
                case 1 -> throw Failure.infrastructure("the disk is full", "free some", null);
                case 2 -> throw new IllegalStateException("a defect");
                case 3 -> throw Failure.gate("the gate failed", "mend the data");
                default -> {}
              }
            });
    // Refused, so that the other task is due meanwhile, which fails, too.
    assertThat(daemon.turn()).isTrue();
    assertThat(daemon.turn()).isTrue();
    assertThat(daemon.turn()).isFalse();
    now = now.plus(Agenda.AGAIN).plus(Duration.ofSeconds(1));
    assertThat(daemon.turn()).isTrue();
    assertThat(daemon.turn()).isTrue();
    assertThat(daemon.turn()).isFalse();
    assertThat(done).containsExactly(Task.RETRAIN, Task.DRIFT, Task.RETRAIN, Task.DRIFT);
    assertThat(told)
        .anyMatch(line -> line.contains("tried again later: the disk is full"))
        .anyMatch(line -> line.contains("stopped: the gate failed; mend the data"));
  }

  @Test
  void itEndsWhenItIsAskedTo() {
    ScheduleDaemon daemon =
        daemon(
            task -> {
              done.add(task);
              stop.request("interrupted");
              throw Failure.interrupted("sft stopped at step 3: interrupted", "run it again");
            });
    daemon.run();
    assertThat(done).containsExactly(Task.RETRAIN);
  }

  @Test
  void aDamagedFileEndsNothing() throws IOException {
    Workspace workspace = Workspace.of(Runs.request(folder, "").config().model());
    for (String file : List.of("retrain/2025-01.json", "drift/history.jsonl")) {
      Path damaged = workspace.model().resolve(file);
      Files.createDirectories(damaged.getParent());
      Files.writeString(damaged, "{broken");
    }
    ScheduleDaemon daemon = daemon(done::add);
    while (daemon.turn()) {
      // Until nothing is due.
    }
    assertThat(done).containsExactly(Task.RETRAIN, Task.DRIFT);
  }

  private ScheduleDaemon daemon(Consumer<Task> work) {
    PipelineConfig config = Runs.request(folder, "").config();
    InstantSource source = () -> now;
    return new ScheduleDaemon(config, work, told::add, stop, source.withZone(ZoneOffset.UTC));
  }
}

package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineRunTest {
  private static final String ALL =
      IntStream.rangeClosed(1, CountingJob.ITEMS)
          .mapToObj(String::valueOf)
          .collect(Collectors.joining("\n", "", "\n"));

  @TempDir Path folder;

  @Test
  void theSameAgainHasNothingToDo() throws IOException {
    assertThat(new Runs(folder).run(item -> {}).told).containsExactly("started", "finished");
    Runs again = new Runs(folder).run(item -> {});
    assertThat(again.told).containsExactly("already done", "nothing to do");
    assertThat(again.processed).isEmpty();
    assertThat(onlyOutput()).hasContent(ALL);
  }

  @Test
  void anotherSettingIsAnotherRun() throws IOException {
    new Runs(folder).run(item -> {});
    assertThat(new Runs(folder).run(item -> {}, "lora_r=8").told)
        .containsExactly("started", "finished");
    assertThat(Runs.outputs(folder)).hasSize(2);
  }

  @Test
  void aLostOutputIsMadeAgain() throws IOException {
    new Runs(folder).run(item -> {});
    Files.delete(onlyOutput());
    assertThat(new Runs(folder).run(item -> {}).told).containsExactly("started", "finished");
    assertThat(onlyOutput()).hasContent(ALL);
  }

  @Test
  void aChangedOutputIsMadeAgain() throws IOException {
    new Runs(folder).run(item -> {});
    Files.writeString(onlyOutput(), "1\n");
    new Runs(folder).run(item -> {});
    assertThat(onlyOutput()).hasContent(ALL);
  }

  @Test
  void aFailureComesOutAsThrownAndTheNextRunContinues() throws IOException {
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () ->
                new Runs(folder)
                    .run(
                        item -> {
                          if (item == 37) {
                            throw Failure.refused("row 37", "mend it");
                          }
                        }));
    assertThat(failure.reason()).isEqualTo("row 37");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.REFUSED);

    Runs next = new Runs(folder).run(item -> {});
    assertThat(next.told).containsExactly("continued", "finished");
    assertThat(next.processed.get(0)).isEqualTo(31);
    assertThat(onlyOutput()).hasContent(ALL);
  }

  @Test
  void aStepWhoseEndTheStoreMissedIsNoDeadEnd() throws Exception {
    Failure away =
        catchThrowableOfType(
            Failure.class,
            () ->
                new Runs(folder)
                    .run(
                        item -> {
                          if (item == 37) {
                            throw Failure.infrastructure("the store is away", "start it", null);
                          }
                        }));
    assertThat(away.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
    try (Connection store =
            DriverManager.getConnection(
                "jdbc:h2:file:" + folder.resolve(".jobs/store"), "pipeline", "");
        Statement statement = store.createStatement()) {
      for (String table : List.of("BATCH_STEP_EXECUTION", "BATCH_JOB_EXECUTION")) {
        assertThat(statement.executeUpdate("UPDATE " + table + " SET STATUS = 'UNKNOWN'")).isOne();
      }
    }

    Runs next = new Runs(folder).run(item -> {});
    assertThat(next.told).containsExactly("continued", "finished");
    assertThat(next.processed.get(0)).isEqualTo(31);
    assertThat(onlyOutput()).hasContent(ALL);
  }

  @Test
  void aStopEndsAtTheNextChunkAndTheNextRunContinues() throws IOException {
    Runs stopped = new Runs(folder);
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () ->
                stopped.run(
                    item -> {
                      if (item == 12) {
                        stopped.stop.request("interrupted");
                      }
                    }));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(failure).hasMessage("count stopped between two chunks: interrupted");
    assertThat(stopped.processed).hasSize(20);

    Runs next = new Runs(folder).run(item -> {});
    assertThat(next.told).containsExactly("continued", "finished");
    assertThat(next.processed.get(0)).isEqualTo(21);
    assertThat(onlyOutput()).hasContent(ALL);
  }

  @Test
  void anotherProcessCanAskItToStop() {
    Runs stopped = new Runs(folder);
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () ->
                stopped.run(
                    item -> {
                      if (item == 5) {
                        try (Executions other = executions()) {
                          ExecutionView running = other.list().get(0);
                          assertThat(running.state()).isEqualTo("running");
                          other.stop(running.id(), false);
                        }
                      }
                    }));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(stopped.processed).hasSize(10);
    try (Executions other = executions()) {
      assertThat(other.list().get(0).state()).isEqualTo("stopped");
      assertThat(other.list().get(0).error()).isNull();
    }
  }

  @Test
  void anExecutionIsKnownByItsNumberAlone() {
    new Runs(folder).run(item -> {}, "lora_r=8");
    try (Executions executions = executions()) {
      ExecutionView only = executions.list().get(0);
      assertThat(executions.show(only.id())).isEqualTo(only);
      assertThat(executions.restartOf(only.id()).command())
          .isEqualTo("run count --only --config " + folder.resolve("all.yaml") + " lora_r=8");
      Failure failure = catchThrowableOfType(Failure.class, () -> executions.show(77));
      assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(failure).hasMessage("there is no execution 77");
    }
  }

  @Test
  void aSecondRunAtTheSameTimeIsToldWhoRuns() {
    new Runs(folder)
        .run(
            item -> {
              if (item == 1) {
                Failure failure =
                    catchThrowableOfType(Failure.class, () -> new Runs(folder).run(other -> {}));
                assertThat(failure.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
                assertThat(failure.reason())
                    .contains("run sft")
                    .contains("process " + ProcessHandle.current().pid());
              }
            });
  }

  @Test
  void aBrokenStoreIsSetAsideAndCostsOnlyHistory() throws IOException {
    new Runs(folder).run(item -> {});
    Path store = folder.resolve(".jobs/store.mv.db");
    byte[] whole = Files.readAllBytes(store);
    Files.write(store, Arrays.copyOf(whole, 300));
    try (Executions executions = executions()) {
      assertThat(executions.list()).isEmpty();
    }
    Files.writeString(store, "this is no database ".repeat(1000));
    assertThat(new Runs(folder).run(item -> {}).told)
        .containsExactly("already done", "nothing to do");
    assertThat(new Runs(folder).run(item -> {}, "lora_r=8").told)
        .containsExactly("started", "finished");
    assertThat(folder.resolve(".jobs/store.mv.db.broken")).exists();
  }

  private Executions executions() {
    return Executions.open(Runs.request(folder, "").config()).orElseThrow();
  }

  private Path onlyOutput() throws IOException {
    List<Path> outputs = Runs.outputs(folder);
    assertThat(outputs).hasSize(1);
    return outputs.get(0);
  }
}

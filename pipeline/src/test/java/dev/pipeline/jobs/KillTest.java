package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("e2e")
class KillTest {
  @TempDir Path killed;
  @TempDir Path undisturbed;

  @Test
  void killedTwiceTheNextRunContinuesAndEndsWithTheSameBytes() throws Exception {
    killAndContinue("", "killed");
  }

  @Test
  void andSoWithTheStoreInPostgreSql() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      String user = System.getProperty("user.name");
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE ROLE \"" + user + "\" LOGIN");
        statement.execute("CREATE DATABASE jobs OWNER \"" + user + "\"");
      }
      // Whether another machine's process lives, nobody can tell from here.
      killAndContinue("jdbc:postgresql://localhost:" + server.getPort() + "/jobs", "running");
    }
    assertThat(killed.resolve(".jobs/store.mv.db")).doesNotExist();
  }

  private void killAndContinue(String database, String state) throws Exception {
    runAndDieAt(25, database);
    try (Executions executions =
        Executions.open(Runs.request(killed, database).config()).orElseThrow()) {
      assertThat(executions.list().get(0).state()).isEqualTo(state);
    }
    runAndDieAt(67, database);
    Runs last = new Runs(killed, database).run(item -> {});
    assertThat(last.told).containsExactly("continued", "finished");
    assertThat(last.processed.get(0)).isEqualTo(61);

    new Runs(undisturbed).run(item -> {});
    assertThat(content(killed)).isEqualTo(content(undisturbed));
  }

  private void runAndDieAt(int item, String database) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                KilledRun.class.getName(),
                killed.toString(),
                database,
                String.valueOf(item))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isEqualTo(137);
  }

  private static String content(Path folder) throws IOException {
    return Files.readString(Runs.outputs(folder).get(0));
  }
}

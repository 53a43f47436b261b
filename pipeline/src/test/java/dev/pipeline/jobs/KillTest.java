package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("e2e")
class KillTest {
  @TempDir Path killed;
  @TempDir Path undisturbed;

  @Test
  void killedTwiceTheNextRunContinuesAndEndsWithTheSameBytes() throws Exception {
    runAndDieAt(25);
    try (Executions executions = Executions.open(Runs.request(killed).config()).orElseThrow()) {
      assertThat(executions.list().get(0).state()).isEqualTo("killed");
    }
    runAndDieAt(67);
    Runs last = new Runs(killed).run(item -> {});
    assertThat(last.told).containsExactly("continued", "finished");
    assertThat(last.processed.get(0)).isEqualTo(61);

    new Runs(undisturbed).run(item -> {});
    assertThat(content(killed)).isEqualTo(content(undisturbed));
  }

  private void runAndDieAt(int item) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                KilledRun.class.getName(),
                killed.toString(),
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

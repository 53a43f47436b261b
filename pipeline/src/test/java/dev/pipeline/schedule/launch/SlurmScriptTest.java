package dev.pipeline.schedule.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pipeline.config.LaunchConfig.Where;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlurmScriptTest {
  private static final Launch LAUNCH = Launched.launch(Where.SLURM, Path.of("logs"));

  @Test
  void aShellTakesEveryWordLiterally() throws Exception {
    String quoted = SlurmScript.quoted(Launched.AWKWARD);
    Process shell = new ProcessBuilder("bash", "-c", "printf %s " + quoted).start();
    assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(Launched.AWKWARD);
    assertThat(SlurmScript.text(LAUNCH))
        .contains(quoted)
        .contains("'/opt/pipe line/scripts/pipeline'");
  }

  @Test
  void theScriptIsOneThatBashUnderstands() throws Exception {
    Process shell = new ProcessBuilder("bash", "-n").start();
    shell.outputWriter().append(SlurmScript.text(LAUNCH)).close();
    assertThat(shell.waitFor()).isZero();
  }

  @Test
  void asksForWhatTheSettingsSay() {
    assertThat(SlurmScript.options(LAUNCH))
        .contains(
            "--cpus-per-task=8",
            "--mem=32768M",
            "--time=720",
            "--gres=gpu:1",
            "--partition=gpu",
            "--requeue",
            "--job-name=pipeline-demo-model-sft");
  }

  @Test
  void secretsComeFromAFileOnTheNode() {
    assertThat(SlurmScript.text(LAUNCH)).contains("set -a; . '/etc/pipeline'\\''s.env'; set +a");
  }

  @Test
  void theSameCommandRunsThereAndNowhereElse() {
    assertThat(Launch.there(List.of("run", "sft", "--launch", "slurm", "--only"), Map.of()))
        .containsExactly("run", "sft", "--only", "--launch", "local");
    assertThat(Launch.there(List.of("run", "--launch=slurm", "sft"), Map.of()))
        .containsExactly("run", "sft", "--launch", "local");
  }

  @Test
  void theModelThatTheEnvironmentNamesIsTrainedThereToo() {
    assertThat(Launch.there(List.of("run", "sft"), Map.of("MODEL_NAME", "phi-4")))
        .containsExactly("run", "sft", "model.known_as=phi-4", "--launch", "local");
  }

  @Test
  void addressesTravelWithoutCredentials() {
    assertThat(SlurmLauncher.exported(Map.of("QDRANT_URL", "https://qdrant.example:6334")))
        .contains("QDRANT_URL", "PIPELINE_DB_USER")
        .doesNotContain("KEY", "TOKEN", "PASSWORD");
    for (Map<String, String> leaky :
        List.of(
            Map.of("QDRANT_URL", "http://user:s3cr3t@qdrant"),
            Map.of("PIPELINE_DB_URL", "jdbc:postgresql://h/d?user=a&password=s3cr3t"))) {
      Failure failure = catchThrowableOfType(Failure.class, () -> SlurmLauncher.exported(leaky));
      assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(failure.reason()).contains("holds a credential").doesNotContain("s3cr3t");
    }
  }

  @Test
  void aLineBreakIsRefused() {
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () ->
                new Launch("x", Path.of("/"), List.of("a\n#SBATCH"), Path.of("l"), LAUNCH.needs()));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
  }
}

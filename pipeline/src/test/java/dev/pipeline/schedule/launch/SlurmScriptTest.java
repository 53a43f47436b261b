package dev.pipeline.schedule.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pipeline.config.LaunchConfig.Where;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
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
    assertThat(Launch.there(List.of("run", "sft", "--launch", "slurm", "--only")))
        .containsExactly("run", "sft", "--only", "--launch", "local");
    assertThat(Launch.there(List.of("run", "--launch=slurm", "sft")))
        .containsExactly("run", "sft", "--launch", "local");
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

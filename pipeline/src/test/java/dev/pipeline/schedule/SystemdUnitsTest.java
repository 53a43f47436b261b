package dev.pipeline.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemdUnitsTest {
  private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

  @TempDir Path folder;

  @Test
  void aServiceAndATimerForEachTask() {
    Map<String, String> units = SystemdUnits.of(Setups.in("/srv/pipeline"));
    assertThat(units)
        .containsOnlyKeys(
            "pipeline-demo-joshi-5c6c4bef-drift.service",
            "pipeline-demo-joshi-5c6c4bef-drift.timer",
            "pipeline-demo-joshi-5c6c4bef-retrain.service",
            "pipeline-demo-joshi-5c6c4bef-retrain.timer");
    assertThat(units.get("pipeline-demo-joshi-5c6c4bef-retrain.timer"))
        .contains("OnCalendar=*-*-01 02:00:00 Europe/Berlin", "Persistent=true");
    assertThat(units.get("pipeline-demo-joshi-5c6c4bef-drift.timer"))
        .contains("OnCalendar=*-*-* 06:30:00 Europe/Berlin");
    assertThat(units.get("pipeline-demo-joshi-5c6c4bef-drift.service"))
        .contains("EnvironmentFile=-/srv/pipeline/schedule.env\n");
  }

  @Test
  void wordsAreQuotedAsSystemdReadsThem() {
    assertThat(SystemdUnits.word("a b")).isEqualTo("\"a b\"");
    assertThat(SystemdUnits.word("50% $HOME \"x\" \\")).isEqualTo("\"50%% $$HOME \\\"x\\\" \\\\\"");
  }

  @Test
  void aControlCharacterIsRefused() {
    assertThatThrownBy(() -> Setups.in("/srv/two\nlines"))
        .hasMessageContaining("control character");
  }

  @Test
  void systemdItselfTakesThem() throws Exception {
    assumeTrue(Files.isExecutable(ANALYZE), "no systemd-analyze here");
    Path root = Files.createDirectories(folder.resolve("my models 100% $HOME"));
    Path launcher = Files.createDirectories(root.resolve("scripts")).resolve("pipeline");
    Files.createFile(
        launcher,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Setup setup = Setups.in(root.toString());
    new SystemdInstall(folder.resolve("units"), setup).install();
    List<String> verify = new ArrayList<>(List.of("verify", "--man=no", "--recursive-errors=no"));
    for (String name : SystemdUnits.of(setup).keySet()) {
      verify.add(folder.resolve("units").resolve(name).toString());
    }
    assertThat(analyze(verify)).isEqualTo("0 ");
    for (Task task : Task.values()) {
      assertThat(analyze(List.of("calendar", SystemdUnits.calendar(setup, task))))
          .startsWith("0 ")
          .contains("Next elapse");
    }
  }

  private static String analyze(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(ANALYZE.toString()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + " " + output;
  }
}

package dev.pipeline.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.config.TimetableConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemdInstallTest {
  @TempDir Path folder;

  @Test
  void installingTwiceChangesNothing() throws IOException {
    SystemdInstall install = new SystemdInstall(folder, Setups.in(Setups.HARD));
    assertThat(install.install()).contains("+ OnCalendar=*-*-* 06:30:00 Europe/Berlin");
    assertThat(folder.resolve("timers.target.wants/pipeline-demo-joshi-drift.timer"))
        .isSymbolicLink()
        .hasSameTextualContentAs(folder.resolve("pipeline-demo-joshi-drift.timer"));
    assertThat(install.install().lines()).hasSize(4).allMatch(line -> line.endsWith("unchanged"));
  }

  @Test
  void anotherTimeIsShownAsAChange() {
    new SystemdInstall(folder, Setups.in("/srv")).install();
    TimetableConfig later = new TimetableConfig("Europe/Berlin", "07:15", 1, "02:00");
    assertThat(new SystemdInstall(folder, Setups.in("/srv", later)).install())
        .contains(
            "- OnCalendar=*-*-* 06:30:00 Europe/Berlin",
            "+ OnCalendar=*-*-* 07:15:00 Europe/Berlin")
        .contains("retrain.timer: unchanged");
  }

  @Test
  void removingLeavesWhatIsNotOurs() throws IOException {
    Path other = Files.writeString(folder.resolve("backup.timer"), "[Timer]\n");
    SystemdInstall install = new SystemdInstall(folder, Setups.in("/srv"));
    install.install();
    assertThat(install.remove()).contains("- Persistent=true");
    assertThat(other).exists();
    assertThat(folder.resolve("timers.target.wants")).isEmptyDirectory();
    assertThat(folder.resolve("pipeline-demo-joshi-drift.timer")).doesNotExist();
    assertThat(install.remove()).contains("nothing was installed");
  }
}

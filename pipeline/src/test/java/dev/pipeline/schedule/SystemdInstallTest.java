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
    assertThat(folder.resolve("timers.target.wants").resolve(timer(Setups.HARD)))
        .isSymbolicLink()
        .hasSameTextualContentAs(folder.resolve(timer(Setups.HARD)));
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
    assertThat(folder.resolve("timers.target.wants")).doesNotExist();
    assertThat(folder.resolve(timer("/srv"))).doesNotExist();
    assertThat(install.remove()).contains("nothing was installed");
  }

  @Test
  void whatSomebodyEditedIsLeftAndSaid() throws IOException {
    SystemdInstall install = new SystemdInstall(folder, Setups.in("/srv"));
    install.install();
    Path edited = folder.resolve(timer("/srv").replace(".timer", ".service"));
    Files.writeString(edited, Files.readString(edited) + "Nice=19\n");
    assertThat(install.remove()).contains(edited + ": was edited since");
    assertThat(edited).content().endsWith("Nice=19\n");
    assertThat(folder.resolve(timer("/srv"))).doesNotExist();
  }

  @Test
  void otherTimesAreRemovedAsWell() {
    new SystemdInstall(folder, Setups.in("/srv")).install();
    TimetableConfig later = new TimetableConfig("Europe/Berlin", "07:15", 1, "02:00");
    new SystemdInstall(folder, Setups.in("/srv", later)).remove();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void twoCopiesOfTheProjectKeepTheirOwnUnits() {
    new SystemdInstall(folder, Setups.in("/srv/one")).install();
    SystemdInstall two = new SystemdInstall(folder, Setups.in("/srv/two"));
    two.install();
    two.remove();
    assertThat(folder.resolve(timer("/srv/one"))).exists();
  }

  private static String timer(String root) {
    return Setups.in(root).unit(Task.DRIFT) + ".timer";
  }
}

package dev.pipeline.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pipeline.config.TimetableConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CronLinesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @TempDir Path folder;

  @Test
  void inTheMachinesZoneALineIsPlain() {
    assertThat(new CronLines(Setups.in("/srv/pipeline"), Optional.of(BERLIN)).block().lines())
        .containsExactly(
            "# pipeline schedule demo-joshi in /srv/pipeline begin",
            "30 6 * * * cd /srv/pipeline && /srv/pipeline/scripts/pipeline run drift --config 'configs/my demo' --set 'plan_text=50\\% off'",
            "0 2 1 * * cd /srv/pipeline && /srv/pipeline/scripts/pipeline run retrain --config 'configs/my demo' --set 'plan_text=50\\% off' --reason schedule",
            "# pipeline schedule demo-joshi in /srv/pipeline end");
  }

  @Test
  void elsewhereALineAsksForTheTimeThere() {
    assertThat(
            new CronLines(Setups.in("/srv/pipeline"), Optional.of(ZoneId.of("Asia/Kolkata")))
                .block())
        .contains(
            "0,15,30,45 * * * * [ \"$(TZ=Europe/Berlin date '+\\%H:\\%M')\" = '06:30' ] && cd",
            "[ \"$(TZ=Europe/Berlin date '+\\%d \\%H:\\%M')\" = '01 02:00' ] && cd");
  }

  @Test
  void cronItselfTakesThem() throws Exception {
    Path cron = Path.of("/usr/bin/crontab");
    assumeTrue(Files.isExecutable(cron), "no cron here (Debian: apt-get install cron)");
    assumeTrue(dryRun(cron, "# nothing\n").equals("0"), "this crontab knows no -n");
    for (ZoneId zone : List.of(BERLIN, ZoneId.of("UTC"))) {
      String block = new CronLines(Setups.in(Setups.HARD), Optional.of(zone)).block();
      assertThat(dryRun(cron, block)).isEqualTo("0");
      assertThat(dryRun(cron, block.replaceAll("(?m)^\\d\\S*", "61"))).isNotEqualTo("0");
    }
  }

  private String dryRun(Path cron, String text) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("tab"), text);
    Process process =
        new ProcessBuilder(cron.toString(), "-n", file.toString())
            .redirectErrorStream(true)
            .start();
    process.getInputStream().readAllBytes();
    return String.valueOf(process.waitFor());
  }

  /** What cron hands to sh: everything up to a bare percent sign, with the escapes taken away. */
  @Test
  void theShellReadsThePathsAsTheyAre() throws Exception {
    Path root = Files.createDirectories(folder.resolve("it's 100% $HOME \"here\""));
    Path launcher = Files.createDirectories(root.resolve("scripts")).resolve("pipeline");
    Files.createFile(
        launcher,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Files.writeString(launcher, "#!/bin/sh\npwd\nprintf '%s\\n' \"$@\"\n");
    String line =
        new CronLines(Setups.in(root.toString()), Optional.of(BERLIN))
            .block()
            .lines()
            .toList()
            .get(1);
    assertThat(line.replace("\\%", "")).doesNotContain("%");
    String command = line.replaceFirst("^(\\S+ ){5}", "").replace("\\%", "%");
    Process process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
        .containsExactly(
            root.toRealPath().toString(),
            "run",
            "drift",
            "--config",
            "configs/my demo",
            "--set",
            "plan_text=50% off");
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void theRestOfACrontabIsLeftAlone() {
    CronLines lines = new CronLines(Setups.in("/srv"), Optional.of(BERLIN));
    String other = "MAILTO=ops\n5 4 * * * backup\n";
    String with = lines.in(other);
    assertThat(with).startsWith(other).contains("run drift");
    assertThat(lines.in(with)).isEqualTo(with);
    assertThat(lines.without(with)).isEqualTo(other);
    assertThat(lines.without(other)).isEqualTo(other);
    String amid = with + "0 0 * * * vacuum\n";
    assertThat(lines.in(amid)).isEqualTo(amid);
    assertThat(lines.without(amid)).isEqualTo(other + "0 0 * * * vacuum\n");
  }

  @Test
  void aDamagedBlockIsNotTouched() {
    CronLines lines = new CronLines(Setups.in("/srv"), Optional.of(BERLIN));
    String end = "# pipeline schedule demo-joshi in /srv end\n";
    String whole = lines.block() + "5 4 * * * backup\n";
    for (String damaged :
        List.of(
            whole.replace(end, ""),
            end + whole.replace(end, ""),
            whole + whole,
            whole.replace(end, "5 4 * * * vacuum\n" + end))) {
      assertThatThrownBy(() -> lines.in(damaged)).hasMessageContaining("damaged");
      assertThatThrownBy(() -> lines.without(damaged)).hasMessageContaining("damaged");
    }
  }

  @Test
  void twoCopiesOfTheProjectKeepTheirOwnLines() {
    CronLines one = new CronLines(Setups.in("/srv/one"), Optional.of(BERLIN));
    CronLines two = new CronLines(Setups.in("/srv/two"), Optional.of(BERLIN));
    assertThat(two.without(two.in(one.block()))).isEqualTo(one.block());
  }

  @Test
  void aTimeThatAnotherZoneSkipsIsRefusedWhereCronWouldMissIt() {
    Setup skipped = Setups.in("/srv", new TimetableConfig("Europe/Berlin", "02:30", 1, "02:00"));
    assertThatThrownBy(() -> new CronLines(skipped, Optional.of(ZoneOffset.UTC)).block())
        .hasMessageContaining("02:30 is skipped in Europe/Berlin on ");
    assertThat(new CronLines(skipped, Optional.of(BERLIN)).block()).contains("30 2 * * * cd");
    Setup monthly = Setups.in("/srv", new TimetableConfig("Europe/Berlin", "06:30", 28, "02:00"));
    assertThatThrownBy(() -> new CronLines(monthly, Optional.of(ZoneOffset.UTC)).block())
        .hasMessageContaining("-03-28");
  }

  @Test
  void aMachineThatTellsNoZoneIsAskedEachQuarter() {
    assertThat(new CronLines(Setups.in("/srv"), Optional.empty()).block())
        .contains("TZ=Europe/Berlin date");
  }

  @Test
  void theCommandCrontabIsAsked() throws IOException {
    Path tab = folder.resolve("tab");
    Path command =
        Files.createFile(
            folder.resolve("fake-crontab"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    // As crontab(1) has it: -l prints or complains, - replaces.
    Files.writeString(
        command,
        "#!/bin/sh\ncase \"$1\" in\n-l) [ -f '%s' ] || { echo \"no crontab for me\" >&2; exit 1; }; cat '%s' ;;\n-) cat > '%s' ;;\n*) exit 2 ;;\nesac\n"
            .formatted(tab, tab, tab));
    Crontab crontab = new Crontab(command.toString());
    assertThat(crontab.read()).isEmpty();
    crontab.write("5 4 * * * backup\n");
    assertThat(crontab.read()).isEqualTo("5 4 * * * backup\n");
    assertThatThrownBy(() -> new Crontab(folder.resolve("none").toString()).read())
        .hasMessageContaining("cannot run");
  }

  @Test
  void wordsNeedNoQuotesWhereTheyHoldNothingSpecial() {
    assertThat(List.of("run", "a=b", "a b", "it's").stream().map(CronLines::word))
        .containsExactly("run", "a=b", "'a b'", "'it'\\''s'");
  }
}

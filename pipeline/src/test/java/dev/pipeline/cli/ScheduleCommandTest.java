package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void configure() throws IOException {
    Files.writeString(
        folder.resolve("all.yaml"),
        "model:\n  model_name: buyer\nschedule:\n  time_zone: Europe/Berlin\n  drift_at: \"05:45\"\n");
  }

  @Test
  void eachKindIsPrinted() {
    assertThat(schedule("print").out())
        .contains("OnCalendar=*-*-* 05:45:00 Europe/Berlin", "\"run\" \"retrain\"");
    assertThat(schedule("print", "--kind", "cron").out())
        .startsWith("# pipeline schedule buyer in " + Path.of("").toAbsolutePath() + " begin\n");
    assertThat(schedule("print", "--kind", "kubernetes", "--image", "registry/p:1").out())
        .contains("concurrencyPolicy: Forbid", "image: \"registry/p:1\"");
    assertThat(schedule("print", "--json").out())
        .containsPattern("\"pipeline-buyer-[0-9a-f]{8}-drift.timer\" : ");
  }

  @Test
  void unitsAreInstalledOnceAndRemoved() {
    Path units = folder.resolve("units");
    assertThat(systemd("install", units).out()).contains("+ OnCalendar=*-*-* 05:45:00");
    assertThat(systemd("install", units).out()).contains("-drift.timer: unchanged");
    assertThat(units).isDirectoryContaining("glob:**/pipeline-buyer-*-drift.timer");
    systemd("remove", units);
    assertThat(units).isEmptyDirectory();
  }

  @Test
  void aClusterIsKubectlsBusiness() {
    Typed typed = schedule("install", "--kind", "kubernetes");
    assertThat(typed.status()).isEqualTo(2);
    assertThat(typed.err()).contains("kubectl apply -f -");
  }

  @Test
  void timesAndZonesAreChecked() {
    assertThat(schedule("print", "--set", "schedule.time_zone=Berlin").err())
        .contains("time_zone is no zone");
    assertThat(schedule("print", "--set", "schedule.time_zone=SystemV/PST8PDT").err())
        .contains("time_zone is no zone");
    assertThat(schedule("print", "--set", "drift_at=7").err()).contains("drift_at is no time");
    assertThat(schedule("print", "--set", "retrain_day=31").err()).contains("at most 28");
  }

  @Test
  void onlyRetrainingKnowsAMonthAndOnlyDriftABaseline() {
    assertThat(Typed.run("run", "sft", "--month", "2026-10").err()).contains("knows no --month");
    assertThat(Typed.run("run", "sft", "--new-baseline").err()).contains("no --new-baseline");
    assertThat(Typed.run("run", "retrain", "--month", "October").err())
        .contains("no month such as 2026-11");
    for (String far : List.of("-0001-01", "1999-12", "3000-01", "+12026-01")) {
      assertThat(Typed.run("run", "retrain", "--month=" + far).err())
          .contains("\"" + far + "\" is no month such as 2026-11");
    }
    assertThat(Typed.run("run", "retrain", "--only").err()).contains("the whole road");
  }

  private Typed systemd(String verb, Path units) {
    return schedule(verb, "--folder", units.toString());
  }

  private Typed schedule(String... words) {
    List<String> all = new ArrayList<>(List.of("schedule"));
    all.addAll(List.of(words));
    all.addAll(List.of("--config", folder.resolve("all.yaml").toString()));
    return Typed.run(all.toArray(String[]::new));
  }
}

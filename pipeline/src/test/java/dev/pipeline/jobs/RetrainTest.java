package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.StopSignal;
import dev.pipeline.jobs.RetrainRecord.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is decided before anything is trained; RetrainMonthsTest goes the whole road. */
class RetrainTest {
  private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir Path folder;

  @Test
  void aMonthListensUntilItsEndOrUntilNow() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    assertThat(Retrain.cutOff(NOVEMBER, berlin, NOW)).isEqualTo(NOW);
    assertThat(Retrain.cutOff(NOVEMBER.minusMonths(1), berlin, NOW))
        .isEqualTo(Instant.parse("2026-10-31T23:00:00Z"));
  }

  @Test
  void aMonthThatHasNotBegunIsRefused() {
    Failure failure =
        catchThrowableOfType(Failure.class, () -> retrain(NOVEMBER.plusMonths(1)).run());
    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(failure).hasMessageContaining("2026-12 has not begun");
  }

  @Test
  void aReleasedMonthAndThoseBeforeAreDone() {
    record(NOVEMBER, Verdict.RELEASED);
    assertThat(retrain(NOVEMBER).run().words()).contains("2026-11 is done: release 3");
    assertThat(retrain(NOVEMBER.minusMonths(2)).run().words())
        .contains("2026-09 is past: 2026-11 was retrained");
    assertThat(folder.resolve(".jobs")).doesNotExist();
  }

  @Test
  void aMonthWithoutAReleaseIsStillOpen() {
    RetrainFolder records = new RetrainFolder(workspace());
    record(NOVEMBER, Verdict.NOTHING_NEW);
    assertThat(records.releasedFrom(NOVEMBER)).isEmpty();
    record(NOVEMBER, Verdict.STOPPED);
    assertThat(records.releasedFrom(NOVEMBER)).isEmpty();
    assertThat(records.lastCutOff()).isEmpty();
    assertThat(records.record(NOVEMBER).orElseThrow().reasons()).containsExactly("the gate failed");
  }

  @Test
  void aDamagedRecordOfAnOlderMonthIsNamedAndLeftOut() throws IOException {
    record(NOVEMBER, Verdict.RELEASED);
    RetrainFolder records = new RetrainFolder(workspace());
    for (String damage : List.of("{broken", "{}", "{\"intake\": {\"month\": \"soon\"}}")) {
      Files.writeString(records.recordFile(YearMonth.of(2025, 1)), damage);
      Runs report = new Runs(folder);
      RetrainEnd end =
          new Retrain(
                  request(),
                  NOVEMBER,
                  "by hand",
                  report,
                  new StopSignal(),
                  Clock.fixed(NOW, ZoneOffset.UTC))
              .run();
      assertThat(end.words()).contains("2026-11 is done: release 3");
      assertThat(report.told).singleElement().asString().contains("2025-01.json", "left out");
    }
  }

  @Test
  void withoutItsOwnRecordNobodyKnowsWhetherAMonthIsDone() throws IOException {
    record(NOVEMBER, Verdict.RELEASED);
    Files.writeString(new RetrainFolder(workspace()).recordFile(NOVEMBER), "{broken");
    Failure failure = catchThrowableOfType(Failure.class, () -> retrain(NOVEMBER).run());
    assertThat(failure.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(failure).hasMessageContaining("2026-11.json");
  }

  @Test
  void aModelThatWasReleasedBeforeIsNamed() {
    record(NOVEMBER, Verdict.NOTHING_NEW);
    RetrainFolder records = new RetrainFolder(workspace());
    RetrainEnd end =
        RetrainEnd.of(records.record(NOVEMBER).orElseThrow(), records.recordFile(NOVEMBER));
    assertThat(end.words())
        .isEqualTo(
            "2026-11: nothing is released: what training made is the file of release 2, byte for byte,"
                + " with 0 opinions (0 new), 0 pairs, 0 rows; the month stays open");
  }

  @Test
  void theSameMonthTwiceAtATimeIsDoneOnce() {
    Workspace workspace = workspace();
    RunLock.Task task = new RunLock.Task("run retrain", "retrain model 2026-11");
    try (RunLock held = RunLock.acquire(workspace.jobs(), task)) {
      assertThat(held).isNotNull();
      String model = request().config().model().modelName();
      assertThat(model).isNotEmpty();
      Failure failure =
          catchThrowableOfType(Failure.class, () -> retrain(NOVEMBER.minusMonths(1)).run());
      assertThat(failure.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
    }
    RunLock.Task same =
        new RunLock.Task(
            "run retrain", "retrain " + request().config().model().modelName() + " 2026-11");
    try (RunLock held = RunLock.acquire(workspace.jobs(), same)) {
      assertThat(held).isNotNull();
      RetrainEnd end = retrain(NOVEMBER).run();
      assertThat(end.released()).isFalse();
      assertThat(end.words())
          .contains("is being retrained as process " + ProcessHandle.current().pid())
          .contains("nothing to do");
    }
  }

  @Test
  void theRoadStopsAtTheGateBeforeTheRelease() {
    List<String> before =
        Chain.toRelease(Road.DPO, new GateJob(Optional.empty())).stream()
            .map(PipelineJob::title)
            .toList();
    assertThat(before).endsWith("evaluate after DPO", "gate");
    assertThat(Chain.fromRelease(Road.DPO).stream().map(PipelineJob::title))
        .containsExactly("release after DPO", "plan after DPO");
  }

  private Retrain retrain(YearMonth month) {
    return new Retrain(
        request(),
        month,
        "by hand",
        new Runs(folder),
        new StopSignal(),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private RunRequest request() {
    return Runs.request(folder, "");
  }

  private Workspace workspace() {
    return Workspace.of(request().config().model());
  }

  private void record(YearMonth month, Verdict verdict) {
    RetrainFolder records = new RetrainFolder(workspace());
    records.write(
        month,
        new RetrainRecord(
            new RetrainIntake(
                month.toString(),
                "by hand",
                NOW.toString(),
                NOW.toString(),
                null,
                new RetrainIntake.Learned(0, 0, 0, 0, null, null)),
            verdict,
            verdict == Verdict.STOPPED ? List.of("the gate failed") : List.of(),
            Map.of(),
            Map.of(),
            verdict == Verdict.RELEASED ? 3 : null,
            verdict == Verdict.NOTHING_NEW ? 2 : null,
            NOW.toString()));
    assertThat(Files.exists(records.recordFile(month))).isTrue();
  }
}

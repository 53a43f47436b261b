package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.evaluate.report.TrainingLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pages see of runs, while these run and afterwards. */
class RunCatalogTest {
  @TempDir Path folder;

  @Test
  void seesARunWhileItRunsAndWhenItIsDoneAndHoldsNothing() throws IOException {
    Runs runs = new Runs(folder);
    List<RunView> during = new ArrayList<>();
    runs.run(
        item -> {
          if (item == 10) {
            during.addAll(catalog().list());
          }
        });
    assertThat(during)
        .singleElement()
        .satisfies(
            run -> {
              assertThat(run.state()).isEqualTo("running");
              assertThat(run.live()).isTrue();
              assertThat(run.summary()).isNull();
            });
    RunCatalog catalog = catalog();
    RunView done = catalog.list().get(0);
    assertThat(done.state()).isEqualTo("done");
    assertThat(done.ended()).isNotNull();
    assertThat(catalog.find(done.name())).hasValue(done);
    assertThat(catalog.ingredients(done.name())).containsKey("code");
    assertThat(catalog.manifest(done.name())).isPresent();
    assertThat(catalog.find("../" + done.name())).isEmpty();
    assertThat(catalog.manifest("../runs/" + done.name())).isEmpty();
    // The store is nobody's now: a job may take it, and it is as it was.
    assertThat(new Runs(folder).run(item -> {}).told).contains("already done");
  }

  @Test
  void aFailureIsTold() {
    try {
      new Runs(folder)
          .run(
              item -> {
                throw new IllegalStateException("the disk is on fire");
              });
    } catch (RuntimeException expected) {
      // That is the point.
    }
    RunCatalog catalog = catalog();
    assertThat(catalog.list())
        .singleElement()
        .satisfies(
            run -> {
              assertThat(run.state()).isEqualTo("failed");
              assertThat(run.error()).isNotBlank();
            });
  }

  @Test
  void aStoreThatCannotBeReadIsNoTrouble() throws IOException {
    Path store = Files.createDirectories(folder.resolve(".jobs")).resolve("store.mv.db");
    Files.writeString(store, "half");
    Files.setLastModifiedTime(store, FileTime.fromMillis(0));
    Runs.request(folder, "");
    RunCatalog catalog = catalog();
    assertThat(catalog.list()).isEmpty();
    assertThat(store).hasContent("half");
  }

  @Test
  void reckonsTheTimeThatIsLeftByTheLastSteps() throws IOException {
    Path metrics = folder.resolve("metrics.jsonl");
    StringBuilder lines = new StringBuilder();
    for (int step = 1; step <= 50; step++) {
      // Ten seconds a step, of which the first thirty took twenty.
      double speed = step <= 30 ? 5 : 10;
      lines.append(
          "{\"epoch\":%s,\"loss\":1.0,\"step\":%d,\"tokens\":%d,\"tokens_per_second\":%s}\n"
              .formatted(step / 100.0, step, step * 100, speed));
    }
    Files.writeString(metrics, lines);
    TrainingPace pace = TrainingPace.of(TrainingLog.readGrowing(metrics), 2).orElseThrow();
    assertThat(pace.step()).isEqualTo(50);
    assertThat(pace.steps()).isEqualTo(200);
    assertThat(pace.secondsLeft()).isEqualTo(1500);
    assertThat(TrainingPace.of(TrainingLog.none(), 2)).isEmpty();
  }

  private RunCatalog catalog() {
    return new RunCatalog(Runs.request(folder, "").config());
  }
}

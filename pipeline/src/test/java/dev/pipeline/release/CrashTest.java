package dev.pipeline.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.FaultyFiles;
import dev.pipeline.io.FaultyFiles.Fault;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The disk is full, or the process dies, at each change that a publication or a rollback makes. */
class CrashTest {
  @TempDir Path folder;

  /** What is done while it happens. */
  enum Work {
    FIRST_RELEASE,
    NEXT_RELEASE,
    ROLLBACK;

    /** The release that serves before, 0 for none, and the one that serves after. */
    int before() {
      return this == FIRST_RELEASE ? 0 : this == NEXT_RELEASE ? 1 : 2;
    }

    int after() {
      return this == NEXT_RELEASE ? 2 : 1;
    }

    void prepare(Path model) throws IOException {
      ReleasedModels runs = new ReleasedModels(model);
      for (int release = 1; release <= before(); release++) {
        runs.publish("run-" + release);
        Files.createDirectories(model.resolve("sft"));
        Files.writeString(model.resolve("sft/adapter_config.json"), "of run-" + release);
      }
      runs.candidate("run-" + after());
    }

    void doIt(Path model) throws IOException {
      ReleasedModels runs = new ReleasedModels(model);
      if (this == ROLLBACK) {
        runs.rollback(Serving.FILES_ALONE).to(OptionalInt.empty(), "a test", "to see");
      } else {
        runs.publish("run-" + after());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void aFullDiskLeavesTheFormerReleaseServing(Work work) throws IOException {
    int changes = changes(work);
    for (int at = 1; at <= changes; at++) {
      Path model = folder.resolve("full-" + at);
      work.prepare(model);
      FaultyFiles faulty = new FaultyFiles(FileSystems.getDefault(), Fault.DISK_FULL, at);
      boolean failed = false;
      try {
        work.doIt(faulty.wrap(model));
      } catch (Failure failure) {
        failed = true;
        assertThat(failure.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
        assertThat(failure.reason()).contains("No space left");
      }
      requireWhole(model, work, "with a full disk at change " + at);
      if (failed) {
        work.doIt(model);
      }
      requireDone(model, work, "after a full disk at change " + at);
    }
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void aDeathLeavesTheFormerReleaseOrTheNewOne(Work work) throws IOException {
    int changes = changes(work);
    for (int at = 1; at <= changes; at++) {
      Path model = folder.resolve("dead-" + at);
      work.prepare(model);
      FaultyFiles faulty = new FaultyFiles(FileSystems.getDefault(), Fault.DEATH, at);
      assertThatThrownBy(() -> work.doIt(faulty.wrap(model))).isInstanceOf(FaultyFiles.Death.class);
      requireWhole(model, work, "dead at change " + at);
      work.doIt(model);
      requireDone(model, work, "after a death at change " + at);
    }
  }

  private int changes(Work work) throws IOException {
    Path model = folder.resolve("undisturbed");
    work.prepare(model);
    FaultyFiles counting = new FaultyFiles(FileSystems.getDefault(), Fault.DEATH, 0);
    work.doIt(counting.wrap(model));
    requireDone(model, work, "undisturbed");
    assertThat(counting.changes()).hasSizeGreaterThan(10);
    return counting.changes().size();
  }

  /** The former release serves entirely or the new one does, and the log names nothing missing. */
  private static void requireWhole(Path model, Work work, String when) throws IOException {
    ReleaseStore store = new ReleaseStore(model);
    for (Release release : new ReleaseLog(model).all()) {
      store.verify(release.version());
    }
    OptionalInt serving = new ServingPointer(new ReleaseFolders(model)).version();
    if (serving.isEmpty()) {
      assertThat(work).as(when).isEqualTo(Work.FIRST_RELEASE);
      return;
    }
    assertThat(serving.getAsInt()).as(when).isIn(work.before(), work.after());
    assertServes(model, serving.getAsInt(), when);
  }

  private static void requireDone(Path model, Work work, String when) throws IOException {
    ReleaseLog log = new ReleaseLog(model);
    assertThat(new ServingPointer(new ReleaseFolders(model)).version())
        .as(when)
        .hasValue(work.after());
    assertServes(model, work.after(), when);
    assertThat(log.current().orElseThrow().version()).as(when).isEqualTo(work.after());
    assertThat(log.entries()).as("doubled or lost " + when).hasSize(work.before() + 1);
    assertThat(new ReleaseStore(model).versions())
        .as(when)
        .hasSize(Math.max(work.before(), work.after()));
    if (work == Work.ROLLBACK) {
      assertThat(model.resolve("sft/adapter_config.json"))
          .as(when)
          .hasContent("sft adapter_config.json of run-1");
    }
    try (var files = Files.walk(model)) {
      assertThat(files.map(Path::toString))
          .as("left over " + when)
          .noneMatch(file -> file.endsWith(".partial") || file.endsWith("switch.json"));
    }
  }

  private static void assertServes(Path model, int version, String when) throws IOException {
    String run = "run-" + version;
    assertThat(model.resolve("models/phi4-joshi.gguf"))
        .as(when)
        .hasContent("GGUF Q4_K_M of " + run);
    assertThat(model.resolve("models/phi4-joshi-F16.gguf"))
        .as(when)
        .hasContent("GGUF F16 of " + run);
    assertThat(model.resolve("models/Modelfile"))
        .as(when)
        .hasContent(ReleasedModels.MODELFILE.text());
    assertThat(Files.readString(model.resolve("models/phi4-joshi.env")))
        .as(when)
        .contains(":v" + version);
  }
}

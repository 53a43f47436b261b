package dev.pipeline.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the store or the log go missing, and nothing that is still there is lost by it. */
class DamagedReleaseTest {
  private static final OptionalInt FORMER = OptionalInt.empty();

  @TempDir Path folder;
  private ReleasedModels runs;
  private ReleaseLog log;

  @BeforeEach
  void open() {
    runs = new ReleasedModels(folder);
    log = new ReleaseLog(folder);
  }

  @Test
  void pruningLeavesWhatServesWithoutItsManifest() throws IOException {
    publish("run-a", "run-b");
    Files.delete(folder.resolve("releases/2/manifest.json"));

    List<Pruner.Fate> planned = new Pruner(folder).prune(5, Map.of(), true);
    assertThat(new Pruner(folder).prune(5, Map.of(), false)).isEqualTo(planned);

    assertThat(planned).noneMatch(Pruner.Fate::removed);
    assertThat(planned.get(1).why()).isEqualTo("it serves; damaged: it has no manifest.json");
    assertThat(folder.resolve("models/phi4-joshi.gguf")).hasContent("GGUF Q4_K_M of run-b");
    assertThat(ReleaseView.of(folder).line(FORMER).damage()).isEqualTo("it has no manifest.json");

    runs.publish("run-b");
    assertThat(ReleaseView.of(folder).line(FORMER).damage()).as("the same run mends it").isNull();
  }

  @Test
  void pruningLeavesAnOldReleaseThatNobodyCanTellOf() throws IOException {
    publish("run-a", "run-b", "run-c", "run-d");
    Files.delete(folder.resolve("releases/1/manifest.json"));
    Files.writeString(folder.resolve("releases/2/manifest.json"), "garbage");

    assertThat(new Pruner(folder).prune(1, Map.of(), false)).noneMatch(Pruner.Fate::removed);
    assertThat(folder.resolve("releases/1/models/phi4-joshi.gguf")).exists();
  }

  @Test
  void oneDamagedReleaseDoesNotHideTheOthers() throws IOException {
    publish("run-a", "run-b", "run-c", "run-d");
    Files.delete(folder.resolve("releases/1/models/Modelfile"));
    Files.writeString(folder.resolve("releases/2/manifest.json"), "garbage");
    Files.delete(folder.resolve("releases/3/models/phi4-joshi.gguf"));
    Files.writeString(folder.resolve("releases/3/models/phi4-joshi.gguf"), "GGUF Q4");

    ReleaseView view = ReleaseView.of(folder);

    assertThat(damage(view, 1)).startsWith("models/Modelfile: ");
    assertThat(damage(view, 2)).contains("cannot parse", "releases/2/manifest.json");
    assertThat(damage(view, 3)).isEqualTo("models/phi4-joshi.gguf has 7 bytes, not 20");
    assertThat(damage(view, 4)).isEmpty();
    assertThat(view.former()).as("no way back").isNull();
    assertThat(new Pruner(folder).prune(9, Map.of(), true)).hasSize(4);
  }

  @Test
  void theWayBackLeadsPastADamagedRelease() throws IOException {
    publish("run-a", "run-b", "run-c");
    Path cut = folder.resolve("releases/2/models/phi4-joshi.gguf");
    Files.delete(cut);
    Files.writeString(cut, "GGUF");

    assertThat(ReleaseView.of(folder).former()).isEqualTo(1);
    assertThat(runs.rollback(Serving.FILES_ALONE).to(FORMER, "a", "b").release().version())
        .isEqualTo(1);
  }

  @Test
  void aLostLogIsMadeAgainOfTheReleasesThatAreKept() throws IOException {
    publish("run-a", "run-b");
    List<Release> before = log.all();
    Files.delete(folder.resolve("releases.json"));

    ReleaseView view = ReleaseView.of(folder);
    assertThat(view.lost()).isTrue();
    assertThat(view.serving()).isEqualTo(2);
    assertThat(view.former()).isEqualTo(1);
    assertThat(folder.resolve("releases.json")).as("looking changes nothing").doesNotExist();

    assertThat(runs.publish("run-c").version()).isEqualTo(3);
    assertThat(log.all().subList(0, 2)).isEqualTo(before);
    assertThat(log.entries()).extracting(LogEntry::version).containsExactly(1, 2, 3);
    assertThat(log.entries().get(1).why()).contains("run-b", "releases.json was lost");
    assertThat(log.entries().get(2).replaces()).isEqualTo(2);
    assertThat(log.replacedBy(3)).contains(before.get(1));
    assertThat(folder.resolve("releases/1/models/phi4-joshi.gguf"))
        .hasContent("GGUF Q4_K_M of run-a");
  }

  @Test
  void aLostLogDoesNotForgetWhatWasTakenBack() throws IOException {
    publish("run-a", "run-b");
    runs.rollback(Serving.FILES_ALONE).to(FORMER, "D. Owner", "tone");
    Files.delete(folder.resolve("releases.json"));

    assertThatThrownBy(() -> runs.publish("run-b"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("models pointed to it when releases.json was lost");
    assertThat(log.current().orElseThrow().version()).isEqualTo(1);
  }

  @Test
  void aReleaseFromBeforeRecordsWereKeptIsReadFromItsManifest() throws IOException {
    Release published = runs.publish("run-a");
    Path kept = folder.resolve("releases/1");
    ReleaseManifest manifest = new ReleaseStore(folder).manifest(1).orElseThrow();
    Map<String, String> files = new TreeMap<>(manifest.files());
    files.remove("release.json");
    Files.delete(kept.resolve("release.json"));
    Files.writeString(
        kept.resolve("manifest.json"),
        Json.pretty(new ReleaseManifest("phi4-joshi", 1, "run-a", files, Map.of())));
    Files.delete(folder.resolve("releases.json"));

    Release found = log.current().orElseThrow();
    assertThat(found.files()).isEqualTo(published.files());
    assertThat(found.gate()).isEqualTo(published.gate());
    assertThat(runs.publish("run-a").version()).as("it is that release").isEqualTo(1);
  }

  @Test
  void aVersionThatIsKeptIsNeverUsedAgain() throws IOException {
    publish("run-a", "run-b");
    Files.delete(folder.resolve("releases.json"));
    Files.delete(folder.resolve("models"));

    assertThat(log.all()).isEmpty();
    assertThat(new Pruner(folder).prune(1, Map.of(), false)).noneMatch(Pruner.Fate::removed);
    assertThat(runs.publish("run-c").version()).isEqualTo(3);
    assertThat(folder.resolve("releases/1/models/phi4-joshi.gguf"))
        .hasContent("GGUF Q4_K_M of run-a");
  }

  @Test
  void aDamagedLogSaysWhatToDoAndLosesNothing() throws IOException {
    runs.publish("run-a");
    Files.writeString(folder.resolve("releases.json"), "{}");

    assertThatThrownBy(log::all)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(ExitCode.REFUSED);
              assertThat(failure.fix()).contains("backup", "move it elsewhere");
            })
        .hasMessageEndingWith("releases.json: it has no \"releases\"");
  }

  @Test
  void goingForwardAgainTakesNothingBack() throws IOException {
    publish("run-a", "run-b", "run-c");
    Rollback rollback = runs.rollback(Serving.FILES_ALONE);
    rollback.to(FORMER, "a", "b");
    rollback.to(OptionalInt.of(3), "a", "b");

    ReleaseView view = ReleaseView.of(folder);
    assertThat(view.former()).isEqualTo(2);
    assertThat(view.releases()).noneMatch(ReleaseView.Line::wasTakenBack);
  }

  @Test
  void theWayBackLeadsPastWhatWasTakenBack() throws IOException {
    publish("run-a", "run-b", "run-c");
    Rollback rollback = runs.rollback(Serving.FILES_ALONE);
    rollback.to(FORMER, "a", "b");
    rollback.to(FORMER, "a", "b");
    rollback.to(OptionalInt.of(3), "a", "b");

    assertThat(ReleaseView.of(folder).line(OptionalInt.of(2)).wasTakenBack()).isTrue();
    assertThat(rollback.to(FORMER, "a", "b").release().version()).isEqualTo(1);
  }

  @Test
  void wordsThatSteerTerminalsAreRefused() {
    Rollback rollback = runs.rollback(Serving.FILES_ALONE);
    for (String words :
        List.of("two\nlines", "\u001b[31mred", "\u202etxet", "\u009b1m", "a\u2066")) {
      assertUsage(() -> rollback.to(FORMER, "me", words), "--why");
      assertUsage(() -> rollback.to(FORMER, words, "why"), "--by");
      assertUsage(() -> GateOverride.of("me", words), "--override");
      assertUsage(() -> GateOverride.of(words, "why"), "--by");
    }
  }

  private static void assertUsage(ThrowingCallable call, String option) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageStartingWith(option);
  }

  private void publish(String... keys) throws IOException {
    for (String key : keys) {
      runs.publish(key);
    }
  }

  private static String damage(ReleaseView view, int version) {
    return Optional.of(view.line(OptionalInt.of(version))).map(ReleaseView.Line::damage).orElse("");
  }
}

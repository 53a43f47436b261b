package dev.pipeline.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollbackTest {
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
  void theFormerReleaseComesBackByteForByte() throws IOException {
    runs.publish("run-a");
    Map<String, String> served = served();
    runs.publish("run-b");
    assertThat(served()).isNotEqualTo(served);

    Rollback.Result result =
        runs.rollback(Serving.FILES_ALONE).to(FORMER, "D. Owner", "customers complain");

    assertThat(served()).isEqualTo(served);
    assertThat(result.release()).isEqualTo(log.release(1).orElseThrow());
    assertThat(log.current()).contains(result.release());
    assertThat(log.all()).hasSize(2);
    assertThat(log.entries())
        .last()
        .isEqualTo(
            new LogEntry(
                LogEntry.Kind.ROLLBACK,
                1,
                2,
                "2026-02-03T04:05:06Z",
                "D. Owner",
                "customers complain",
                null));
    assertThat(new ServingPointer(new ReleaseFolders(folder)).version()).hasValue(1);
  }

  @Test
  void theAdaptersGoBackToo() throws IOException {
    runs.publish("run-a");
    runs.publish("run-b");
    for (String training : AdapterFolders.NAMES) {
      Path adapter = Files.createDirectories(folder.resolve(training));
      Files.writeString(adapter.resolve("adapter_config.json"), "of run-b");
      Files.writeString(adapter.resolve("left-over.json"), "of run-b");
    }

    runs.rollback(Serving.FILES_ALONE).to(FORMER, "a test", "to see");

    for (String training : AdapterFolders.NAMES) {
      assertThat(folder.resolve(training).resolve("adapter_config.json"))
          .hasContent(training + " adapter_config.json of run-a");
      assertThat(folder.resolve(training).resolve("adapter_model.safetensors"))
          .hasContent(training + " adapter_model.safetensors of run-a");
      assertThat(folder.resolve(training).resolve("left-over.json")).doesNotExist();
    }
  }

  @Test
  void goesFurtherBackEachTimeAndForwardByName() throws IOException {
    runs.publish("run-a");
    runs.publish("run-b");
    runs.publish("run-c");
    Rollback rollback = runs.rollback(Serving.FILES_ALONE);

    assertThat(rollback.to(FORMER, "a", "b").release().version()).isEqualTo(2);
    assertThat(rollback.to(FORMER, "a", "b").release().version()).isEqualTo(1);
    assertThatThrownBy(() -> rollback.to(FORMER, "a", "b"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no release before 1 is kept");
    assertThat(rollback.to(OptionalInt.of(3), "a", "b").release().version()).isEqualTo(3);
    assertThat(folder.resolve("models/phi4-joshi.gguf")).hasContent("GGUF Q4_K_M of run-c");
  }

  @Test
  void whatServesAlreadyIsNoRollback() throws IOException {
    runs.publish("run-a");
    Map<String, String> before = runs.snapshot();
    Rollback.Result result =
        runs.rollback(Serving.FILES_ALONE).to(OptionalInt.of(1), "a test", "to see");
    assertThat(result.changed()).isFalse();
    assertThat(runs.snapshot()).isEqualTo(before);
  }

  @Test
  void aDamagedReleaseDoesNotComeBack() throws IOException {
    runs.publish("run-a");
    runs.publish("run-b");
    Map<String, String> served = served();
    Path damaged = folder.resolve("releases/1/models/phi4-joshi.gguf");
    Files.delete(damaged);
    Files.writeString(damaged, "GGUF Q4_K_M of run-x");

    assertThatThrownBy(() -> runs.rollback(Serving.FILES_ALONE).to(FORMER, "a", "b"))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.REFUSED))
        .hasMessageContainingAll("release 1 is damaged", damaged.toString());
    assertThat(served()).isEqualTo(served);
    assertThat(log.entries()).hasSize(2);
  }

  @Test
  void aReleaseThatFailsItsSmokeTestDoesNotServe() throws IOException {
    runs.publish("run-a");
    Map<String, String> before = runs.snapshot();
    RecordingServing refusing = new RecordingServing(true);

    assertThatThrownBy(() -> runs.publish("run-b", refusing))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.GATE_FAILED));

    assertThat(runs.snapshot()).isEqualTo(before);
    assertThat(refusing.calls()).containsExactly("try 2", "back 2 to 1");
    assertThat(runs.publish("run-c").version()).as("the number was never used").isEqualTo(2);
  }

  @Test
  void soWithARollback() throws IOException {
    runs.publish("run-a");
    runs.publish("run-b");
    runs.publish("run-c");
    Map<String, String> before = runs.snapshot();
    RecordingServing refusing = new RecordingServing(true);

    assertThatThrownBy(() -> runs.rollback(refusing).to(FORMER, "a", "b"))
        .isInstanceOf(Failure.class);

    assertThat(runs.snapshot()).isEqualTo(before);
    assertThat(refusing.calls()).containsExactly("try 2", "back 2 to 3, former 2");
  }

  @Test
  void serversAreToldWhatServesAndWhatTheWayBackIs() throws IOException {
    RecordingServing serving = new RecordingServing(false);
    runs.publish("run-a", serving);
    runs.publish("run-b", serving);
    runs.publish("run-b", serving);
    runs.rollback(serving).to(FORMER, "a", "b");

    assertThat(serving.calls())
        .containsExactly(
            "try 1",
            "serve 1",
            "try 2",
            "serve 2, former 1",
            "serve 2, former 1",
            "try 1",
            "serve 1");
    assertThat(log.entries()).extracting(LogEntry::tried).containsOnly("all answered");
  }

  @Test
  void aRunThatWasTakenBackIsNotPublishedAgainByItself() throws IOException {
    runs.publish("run-a");
    runs.publish("run-b");
    Rollback rollback = runs.rollback(Serving.FILES_ALONE);
    rollback.to(FORMER, "D. Owner", "it insults people");
    Map<String, String> before = runs.snapshot();

    assertThatThrownBy(() -> runs.publish("run-b"))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(ExitCode.REFUSED);
              assertThat(failure.fix()).contains("pipeline releases rollback 2");
            })
        .hasMessageContainingAll("release 2", "D. Owner", "it insults people");
    assertThat(runs.snapshot()).isEqualTo(before);

    Release next = runs.publish("run-c");
    assertThat(next.version()).isEqualTo(3);
    assertThat(rollback.to(FORMER, "a", "b").release().version())
        .as("the way back leads past what was taken back")
        .isEqualTo(1);
  }

  @Test
  void namesWhoAndWhy() {
    Rollback rollback = runs.rollback(Serving.FILES_ALONE);
    assertThatThrownBy(() -> rollback.to(FORMER, " ", "why")).hasMessageContaining("names who");
    assertThatThrownBy(() -> rollback.to(FORMER, "who", "")).hasMessageContaining("and why");
    assertThatThrownBy(() -> rollback.to(FORMER, "who", "why"))
        .hasMessageContaining("nothing was released");
  }

  @Test
  void pruningKeepsWhatServesTheWayBackAndWhatIsReferredTo() throws IOException {
    for (String run : List.of("run-a", "run-b", "run-c", "run-d", "run-e")) {
      runs.publish(run);
    }
    Map<String, String> before = runs.snapshot();
    Pruner pruner = new Pruner(folder);

    List<Pruner.Fate> planned = pruner.prune(1, Map.of(2, "a plan"), true);
    assertThat(planned.stream().filter(Pruner.Fate::removed).map(Pruner.Fate::version))
        .containsExactly(1, 3);
    assertThat(runs.snapshot()).isEqualTo(before);

    assertThat(pruner.prune(1, Map.of(2, "a plan"), false)).isEqualTo(planned);
    assertThat(new ReleaseStore(folder).versions()).containsExactly(2, 4, 5);
    assertThat(log.all()).hasSize(5);
    assertThatThrownBy(() -> runs.rollback(Serving.FILES_ALONE).to(OptionalInt.of(3), "a", "b"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("release 3 is not kept");
    assertThat(runs.rollback(Serving.FILES_ALONE).to(FORMER, "a", "b").release().version())
        .isEqualTo(4);
    assertThat(runs.rollback(Serving.FILES_ALONE).to(FORMER, "a", "b").release().version())
        .as("release 3 is gone")
        .isEqualTo(2);
    assertThatThrownBy(() -> pruner.prune(0, Map.of(), true)).isInstanceOf(Failure.class);
  }

  @Test
  void aManifestThatNamesFilesOutsideIsRefused() throws IOException {
    runs.publish("run-a");
    runs.publish("run-b");
    Path manifest = folder.resolve("releases/1/manifest.json");
    Files.writeString(
        manifest, Files.readString(manifest).replace("\"models/Modelfile\"", "\"../../x\""));
    assertThatThrownBy(() -> runs.rollback(Serving.FILES_ALONE).to(OptionalInt.of(1), "a", "b"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("outside of its release");
  }

  @Test
  void peopleSeeWhatServesAndWhy() throws IOException {
    runs.publish("run-a");
    runs.publish("run-b");
    runs.rollback(Serving.FILES_ALONE).to(FORMER, "D. Owner", "tone");

    ReleaseView view = ReleaseView.of(folder);
    assertThat(view.serving()).isEqualTo(1);
    assertThat(view.former()).isNull();
    assertThat(view.releases()).extracting(ReleaseView.Line::version).containsExactly(2, 1);
    assertThat(view.line(FORMER).history()).hasSize(2);
    assertThat(view.line(OptionalInt.of(2)).history().get(1).why()).isEqualTo("tone");
    assertThatThrownBy(() -> view.line(OptionalInt.of(7))).hasMessageContaining("no release 7");
  }

  private Map<String, String> served() throws IOException {
    return runs.snapshot().entrySet().stream()
        .filter(file -> file.getKey().startsWith("releases/"))
        .filter(file -> isServed(folder.resolve(file.getKey())))
        .collect(
            Collectors.toMap(
                file -> String.valueOf(Path.of(file.getKey()).getFileName()), Map.Entry::getValue));
  }

  private boolean isServed(Path file) {
    try {
      return file.toRealPath().startsWith(folder.resolve("models").toRealPath());
    } catch (IOException e) {
      return false;
    }
  }
}

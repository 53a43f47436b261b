package dev.pipeline.release;

import static dev.pipeline.release.ReleasedModels.MODEL;
import static dev.pipeline.release.ReleasedModels.MODELFILE;
import static dev.pipeline.release.ReleasedModels.PASSED;
import static dev.pipeline.release.ReleasedModels.length;
import static dev.pipeline.release.ReleasedModels.origin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.evaluate.gate.Verdict;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublisherTest {
  @TempDir Path folder;
  private Path models;
  private ReleasedModels runs;

  @BeforeEach
  void open() {
    models = folder.resolve("models");
    runs = new ReleasedModels(folder);
  }

  @Test
  void publishesEveryPrecisionTheModelfileAndTheLog() throws IOException {
    Release release = publish("run-a");

    assertThat(models.resolve("phi4-joshi.gguf")).hasContent("GGUF Q4_K_M of run-a");
    assertThat(models.resolve("phi4-joshi-Q8_0.gguf")).hasContent("GGUF Q8_0 of run-a");
    assertThat(models.resolve("phi4-joshi-F16.gguf")).hasContent("GGUF F16 of run-a");
    assertThat(models.resolve("Modelfile")).hasContent(MODELFILE.text());
    assertThat(release.version()).isEqualTo(1);
    assertThat(release.publishedAt()).isEqualTo("2026-02-03T04:05:06Z");
    assertThat(release.files())
        .containsEntry("phi4-joshi.gguf", Hashes.sha256("GGUF Q4_K_M of run-a"))
        .hasSize(4);
    assertThat(release.gate()).containsEntry("p90", 120.0);
    assertThat(new ReleaseLog(folder).all()).containsExactly(release);
  }

  @Test
  void theLogTellsHowTheModelWasTrainedAndWhatSpeaksAgainstSharingIt() throws IOException {
    assertThat(publish("run-a").training()).isEqualTo(origin("run-a", "").training());
    Path log = folder.resolve("releases.json");
    assertThat(log).content().contains("SFT, then DPO").doesNotContain("warning", "preferences");
    Candidate.Origin control = origin("run-b", "CONTROL DATA, NOT REDACTED");
    Release release = publish(runs.candidate("run-b", PASSED, control, Optional.empty()));
    assertThat(release.warning()).isEqualTo("CONTROL DATA, NOT REDACTED");
    assertThat(new ReleaseLog(folder).current()).contains(release);
  }

  @Test
  void publishingTheSameRunAgainChangesNothing() throws IOException {
    Release first = publish("run-a");
    Map<String, String> before = runs.snapshot();

    assertThat(publish("run-a")).isEqualTo(first);
    assertThat(runs.snapshot()).isEqualTo(before);
  }

  @Test
  void aLaterRunReplacesTheFilesAndKeepsTheHistory() throws IOException {
    publish("run-a");
    publish("run-b");
    Release back = publish("run-a");

    assertThat(models.resolve("phi4-joshi.gguf")).hasContent("GGUF Q4_K_M of run-a");
    assertThat(back.version()).isEqualTo(3);
    assertThat(new ReleaseLog(folder).all())
        .extracting(Release::runKey)
        .containsExactly("run-a", "run-b", "run-a");
  }

  @Test
  void refusesWhatFailedTheGateAndNamesEachBound() throws IOException {
    Verdict failed = new Verdict(false, List.of(length(190, false), length(120, true)));
    runs.stage("run-a");

    assertThatThrownBy(
            () -> publish(runs.candidate("run-a", failed, origin("run-a", ""), Optional.empty())))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.GATE_FAILED))
        .hasMessageContaining("P90 length: 190")
        .hasMessageNotContaining("120");
    assertThat(models).doesNotExist();
  }

  @Test
  void anOverridePublishesWhatFailedAndStaysOnRecord() throws IOException {
    Verdict failed = new Verdict(false, List.of(length(190, false)));
    Release release =
        publish(
            runs.candidate(
                "run-a",
                failed,
                origin("run-a", ""),
                Optional.of(GateOverride.of("D. Owner", "customer waits; P90 is known"))));

    GateOverride recorded = Objects.requireNonNull(release.override());
    assertThat(recorded.by()).isEqualTo("D. Owner");
    assertThat(recorded.failed()).singleElement().asString().contains("P90 length: 190");
    assertThat(new ReleaseLog(folder).all()).containsExactly(release);
    assertThat(folder.resolve("releases.json")).content().contains("customer waits");
  }

  @Test
  void anOverrideOfAGatePassedIsNone() throws IOException {
    Release release =
        publish(
            runs.candidate(
                "run-a",
                PASSED,
                origin("run-a", ""),
                Optional.of(GateOverride.of("D. Owner", "to be sure"))));
    assertThat(release.override()).isNull();
    assertThat(folder.resolve("releases.json")).content().doesNotContain("override");
  }

  @Test
  void anOverrideNamesWhoAndWhy() {
    assertThatThrownBy(() -> GateOverride.of(" ", "why")).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> GateOverride.of("who", "")).isInstanceOf(Failure.class);
  }

  @Test
  void refusesAPackageThatDiffersFromItsManifest() throws IOException {
    runs.stage("run-a");
    Files.writeString(runs.packageFolder("run-a").resolve("phi4-joshi-Q8_0.gguf"), "changed");

    assertThatThrownBy(
            () -> publish(runs.candidate("run-a", PASSED, origin("run-a", ""), Optional.empty())))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("phi4-joshi-Q8_0.gguf has SHA-256");
    assertThat(models).doesNotExist();
  }

  @Test
  void refusesAFileThatTheGateDidNotJudge() throws IOException {
    runs.stage("run-a");
    assertThatThrownBy(
            () -> publish(runs.candidate("run-a", PASSED, origin("run-b", ""), Optional.empty())))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("the gate judged a file with SHA-256");
    assertThat(models).doesNotExist();
  }

  @Test
  void theServedFileIsTheOneThatThePackageSays() throws IOException {
    runs.stage("run-a");
    Path manifest = runs.packageFolder("run-a").resolve("manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest).replace(MODEL + "-Q4_K_M.gguf\"\n}", MODEL + "-Q8_0.gguf\"\n}"));
    Candidate.Origin other = origin("run-a", "");
    Candidate.Origin judged =
        new Candidate.Origin(
            "run-a", "dataset-1", other.training(), Hashes.sha256("GGUF Q8_0 of run-a"), "");
    publish(runs.candidate("run-a", PASSED, judged, Optional.empty()));
    assertThat(models.resolve("phi4-joshi.gguf")).hasContent("GGUF Q8_0 of run-a");
    assertThat(models.resolve("phi4-joshi-Q4_K_M.gguf")).hasContent("GGUF Q4_K_M of run-a");
    assertThat(models.resolve("phi4-joshi-Q8_0.gguf")).doesNotExist();
  }

  @Test
  void refusesAFolderWithoutManifest() {
    assertThatThrownBy(() -> StagedPackage.open(folder))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no finished package");
  }

  @Test
  void keepsAllThatTheReleaseIsMadeOf() throws IOException {
    Release release = publish("run-a");

    ReleaseManifest manifest = new ReleaseStore(folder).manifest(1).orElseThrow();
    assertThat(manifest.runKey()).isEqualTo("run-a");
    assertThat(manifest.files().keySet())
        .containsExactly(
            "adapters/dpo/adapter_config.json",
            "adapters/dpo/adapter_model.safetensors",
            "adapters/sft/adapter_config.json",
            "adapters/sft/adapter_model.safetensors",
            "modelfile.json",
            "models/Modelfile",
            "models/phi4-joshi-F16.gguf",
            "models/phi4-joshi-Q8_0.gguf",
            "models/phi4-joshi.env",
            "models/phi4-joshi.gguf",
            "release.json",
            "reports/gate.json",
            "reports/report.html");
    assertThat(manifest.files())
        .containsEntry(
            "models/phi4-joshi.gguf", release.files().getOrDefault("phi4-joshi.gguf", ""));
    assertThat(folder.resolve("releases/1/models/phi4-joshi.gguf"))
        .as("the disk holds it once")
        .matches(
            file -> isSame(file, runs.packageFolder("run-a").resolve("phi4-joshi-Q4_K_M.gguf")));
    assertThat(models.resolve("phi4-joshi.env"))
        .content()
        .contains("\nLLM_DEFAULT_MODEL=phi4-joshi:v1\n");
  }

  @Test
  void everythingThatIsServedChangesInOneRename() throws IOException {
    publish("run-a");
    assertThat(Files.readSymbolicLink(models)).isEqualTo(Path.of("releases/1/models"));
    publish("run-b");
    assertThat(Files.readSymbolicLink(models)).isEqualTo(Path.of("releases/2/models"));
    assertThat(folder.resolve("releases/1/models/phi4-joshi.gguf"))
        .hasContent("GGUF Q4_K_M of run-a");
  }

  @Test
  void filesOfTheFormerReleaseAloneAreNoLongerServed() throws IOException {
    publish("run-a");
    runs.stage("run-b");
    Path manifest = runs.packageFolder("run-b").resolve("manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replace(
                "\"phi4-joshi-Q8_0.gguf\" : \"" + Hashes.sha256("GGUF Q8_0 of run-b") + "\"",
                "\"phi4-joshi-Q5_K_M.gguf\" : \"" + Hashes.sha256("GGUF Q8_0 of run-b") + "\""));
    Files.move(
        runs.packageFolder("run-b").resolve("phi4-joshi-Q8_0.gguf"),
        runs.packageFolder("run-b").resolve("phi4-joshi-Q5_K_M.gguf"));
    publish("run-b");

    assertThat(models.resolve("phi4-joshi-Q5_K_M.gguf")).hasContent("GGUF Q8_0 of run-b");
    assertThat(models.resolve("phi4-joshi-Q8_0.gguf")).doesNotExist();
    assertThat(folder.resolve("releases/1/models/phi4-joshi-Q8_0.gguf")).exists();
  }

  @Test
  void takesInAFolderFromBeforeReleasesWereKept() throws IOException {
    publish("run-a");
    Path before = Files.createDirectory(folder.resolve("before"));
    for (String name :
        List.of("Modelfile", "phi4-joshi.gguf", "phi4-joshi-Q8_0.gguf", "phi4-joshi-F16.gguf")) {
      Files.copy(models.resolve(name), before.resolve(name));
    }
    Files.writeString(before.resolve("notes.txt"), "mine");
    Files.delete(models);
    AtomicFiles.deleteRecursively(folder.resolve("releases"));
    Files.move(before, models);
    Files.writeString(
        folder.resolve("releases.json"),
        Json.pretty(Map.of("releases", new ReleaseLog(folder).all())));

    publish("run-b");
    assertThat(models.resolve("phi4-joshi.gguf")).hasContent("GGUF Q4_K_M of run-b");
    runs.rollback(Serving.FILES_ALONE).to(OptionalInt.empty(), "a test", "to see");
    assertThat(models.resolve("phi4-joshi.gguf")).hasContent("GGUF Q4_K_M of run-a");
    assertThat(folder.resolve("models.before").toFile().list())
        .as("what is kept goes, a stranger's file stays")
        .containsExactly("notes.txt");
  }

  @Test
  void repairsAPublishedFileThatWasDamaged() throws IOException {
    Release first = publish("run-a");
    Files.delete(models.resolve("phi4-joshi.gguf"));
    Files.writeString(models.resolve("phi4-joshi.gguf"), "damaged");
    Files.delete(folder.resolve("releases/1/adapters/sft/adapter_config.json"));

    assertThat(publish("run-a")).isEqualTo(first);
    assertThat(models.resolve("phi4-joshi.gguf")).hasContent("GGUF Q4_K_M of run-a");
  }

  private Release publish(String runKey) throws IOException {
    return runs.publish(runKey);
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      return false;
    }
  }

  private Release publish(Candidate candidate) {
    return new Publisher(folder, ReleasedModels.CLOCK, Serving.FILES_ALONE)
        .publish(candidate, "a test");
  }
}

package dev.pipeline.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.evaluate.gate.Check;
import dev.pipeline.evaluate.gate.Verdict;
import dev.pipeline.evaluate.metric.Unit;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublisherTest {
  private static final String MODEL = "phi4-joshi";
  private static final Verdict PASSED = new Verdict(true, List.of(length(120, true)));
  private static final Modelfile MODELFILE =
      new Modelfile(
          MODEL,
          new OllamaTemplate("{{ .Content }}", List.of("<|im_end|>")),
          0.2,
          0.9,
          1024,
          Optional.empty());

  @TempDir Path folder;
  private Path models;
  private Publisher publisher;

  @BeforeEach
  void open() {
    models = folder.resolve("models");
    publisher =
        new Publisher(
            folder, Clock.fixed(Instant.parse("2026-02-03T04:05:06.789Z"), ZoneOffset.UTC));
  }

  @Test
  void publishesEveryPrecisionTheModelfileAndTheLog() throws IOException {
    Release release = publish("run-a");

    assertThat(models.resolve("phi4-joshi.gguf")).hasContent("Q4_K_M of run-a");
    assertThat(models.resolve("phi4-joshi-Q8_0.gguf")).hasContent("Q8_0 of run-a");
    assertThat(models.resolve("phi4-joshi-F16.gguf")).hasContent("F16 of run-a");
    assertThat(models.resolve("Modelfile")).hasContent(MODELFILE.text());
    assertThat(release.version()).isEqualTo(1);
    assertThat(release.publishedAt()).isEqualTo("2026-02-03T04:05:06Z");
    assertThat(release.files())
        .containsEntry("phi4-joshi.gguf", Hashes.sha256("Q4_K_M of run-a"))
        .hasSize(4);
    assertThat(release.gate()).containsEntry("p90", 120.0);
    assertThat(new ReleaseLog(folder).all()).containsExactly(release);
  }

  @Test
  void theLogTellsHowTheModelWasTrainedAndWhatSpeaksAgainstSharingIt() throws IOException {
    assertThat(publish("run-a").training()).isEqualTo(origin("run-a", "").training());
    Path log = folder.resolve("releases.json");
    assertThat(log).content().contains("SFT, then DPO").doesNotContain("warning", "preferences");
    Publisher.Origin control = origin("run-b", "CONTROL DATA, NOT REDACTED");
    Release release =
        publisher.publish(stage("run-b"), MODELFILE, PASSED, control, Optional.empty());
    assertThat(release.warning()).isEqualTo("CONTROL DATA, NOT REDACTED");
    assertThat(new ReleaseLog(folder).current()).contains(release);
  }

  @Test
  void publishingTheSameRunAgainChangesNothing() throws IOException {
    Release first = publish("run-a");
    Map<Path, String> before = snapshot();

    assertThat(publish("run-a")).isEqualTo(first);
    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void aLaterRunReplacesTheFilesAndKeepsTheHistory() throws IOException {
    publish("run-a");
    publish("run-b");
    Release back = publish("run-a");

    assertThat(models.resolve("phi4-joshi.gguf")).hasContent("Q4_K_M of run-a");
    assertThat(back.version()).isEqualTo(3);
    assertThat(new ReleaseLog(folder).all())
        .extracting(Release::runKey)
        .containsExactly("run-a", "run-b", "run-a");
  }

  @Test
  void refusesWhatFailedTheGateAndNamesEachBound() throws IOException {
    Verdict failed = new Verdict(false, List.of(length(190, false), length(120, true)));
    StagedPackage staged = stage("run-a");

    assertThatThrownBy(
            () ->
                publisher.publish(staged, MODELFILE, failed, origin("run-a", ""), Optional.empty()))
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
        publisher.publish(
            stage("run-a"),
            MODELFILE,
            failed,
            origin("run-a", ""),
            Optional.of(GateOverride.of("D. Owner", "customer waits; P90 is known")));

    GateOverride recorded = Objects.requireNonNull(release.override());
    assertThat(recorded.by()).isEqualTo("D. Owner");
    assertThat(recorded.failed()).singleElement().asString().contains("P90 length: 190");
    assertThat(new ReleaseLog(folder).all()).containsExactly(release);
    assertThat(folder.resolve("releases.json")).content().contains("customer waits");
  }

  @Test
  void anOverrideOfAGatePassedIsNone() throws IOException {
    Release release =
        publisher.publish(
            stage("run-a"),
            MODELFILE,
            PASSED,
            origin("run-a", ""),
            Optional.of(GateOverride.of("D. Owner", "to be sure")));
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
    StagedPackage staged = stage("run-a");
    Files.writeString(packageFolder("run-a").resolve("phi4-joshi-Q8_0.gguf"), "changed");

    assertThatThrownBy(
            () ->
                publisher.publish(staged, MODELFILE, PASSED, origin("run-a", ""), Optional.empty()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("phi4-joshi-Q8_0.gguf has SHA-256");
    assertThat(models).doesNotExist();
  }

  @Test
  void refusesAFileThatTheGateDidNotJudge() throws IOException {
    StagedPackage staged = stage("run-a");
    assertThatThrownBy(
            () ->
                publisher.publish(staged, MODELFILE, PASSED, origin("run-b", ""), Optional.empty()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("the gate judged a file with SHA-256");
    assertThat(models).doesNotExist();
  }

  @Test
  void theServedFileIsTheOneThatThePackageSays() throws IOException {
    stage("run-a");
    Path manifest = packageFolder("run-a").resolve("manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest).replace(MODEL + "-Q4_K_M.gguf\"\n}", MODEL + "-Q8_0.gguf\"\n}"));
    Publisher.Origin other = origin("run-a", "");
    Publisher.Origin judged =
        new Publisher.Origin(
            "run-a", "dataset-1", other.training(), Hashes.sha256("Q8_0 of run-a"), "");
    publisher.publish(stage("run-a"), MODELFILE, PASSED, judged, Optional.empty());
    assertThat(models.resolve("phi4-joshi.gguf")).hasContent("Q8_0 of run-a");
    assertThat(models.resolve("phi4-joshi-Q4_K_M.gguf")).hasContent("Q4_K_M of run-a");
    assertThat(models.resolve("phi4-joshi-Q8_0.gguf")).doesNotExist();
  }

  @Test
  void refusesAFolderWithoutManifest() {
    assertThatThrownBy(() -> StagedPackage.open(folder))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no finished package");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "models/Modelfile",
        "models/phi4-joshi-F16.gguf",
        "models/phi4-joshi-Q8_0.gguf",
        "models/phi4-joshi.gguf",
        "releases.json"
      })
  void stoppedAnywhereTheNextCallFinishes(String blocked) throws IOException {
    Path obstacle = Files.createDirectories(folder.resolve(blocked).resolve("in-the-way"));
    assertThatThrownBy(() -> publish("run-a")).isInstanceOf(Failure.class);
    Files.delete(obstacle);
    Files.delete(folder.resolve(blocked));
    Files.createDirectories(models);
    Files.writeString(models.resolve("phi4-joshi.gguf.partial"), "half a file");

    Release release = publish("run-a");

    assertThat(models.resolve("phi4-joshi.gguf")).hasContent("Q4_K_M of run-a");
    assertThat(new ReleaseLog(folder).all()).containsExactly(release);
  }

  @Test
  void repairsAPublishedFileThatWasDamaged() throws IOException {
    Release first = publish("run-a");
    Files.delete(models.resolve("phi4-joshi.gguf"));
    Files.writeString(models.resolve("phi4-joshi.gguf"), "damaged");

    assertThat(publish("run-a")).isEqualTo(first);
    assertThat(models.resolve("phi4-joshi.gguf")).hasContent("Q4_K_M of run-a");
  }

  private static Publisher.Origin origin(String runKey, String warning) {
    return new Publisher.Origin(
        runKey,
        "dataset-1",
        new Training("SFT, then DPO", "ab".repeat(32), null),
        Hashes.sha256("Q4_K_M of " + runKey),
        warning);
  }

  private static Check length(double tokens, boolean pass) {
    return new Check("p90", "P90 length", Check.Comparison.BELOW, 160, tokens, Unit.TOKENS, pass);
  }

  private Release publish(String runKey) throws IOException {
    return publisher.publish(
        stage(runKey), MODELFILE, PASSED, origin(runKey, ""), Optional.empty());
  }

  private Path packageFolder(String runKey) {
    return folder.resolve("runs").resolve(runKey).resolve("package");
  }

  private StagedPackage stage(String runKey) throws IOException {
    Path staged = packageFolder(runKey);
    if (!Files.exists(staged)) {
      StagedPackages.write(staged, MODEL, runKey);
    }
    return StagedPackage.open(staged);
  }

  private Map<Path, String> snapshot() throws IOException {
    Map<Path, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        content.put(file, Files.getLastModifiedTime(file) + " " + Files.readString(file));
      }
    }
    return content;
  }
}

package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.config.ModelConfig;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluatedRunsTest {
  @TempDir Path home;
  private ModelConfig model;
  private Path runs;

  @BeforeEach
  void twoEvaluationsAndAnotherJob() throws IOException {
    AtomicFiles.writeString(
        home.resolve("all.yaml"), "model:\n  model_name: m\n  output_dir: " + home + "\n");
    model = ConfigLoader.load(home.resolve("all.yaml"), List.of(), "model").model();
    runs = home.resolve("m/runs");
    evaluation("aaaa1", 2);
    evaluation("aaaa2", 1);
    AtomicFiles.writeString(runs.resolve("bbbb1/run.json"), "{}");
  }

  @Test
  void findsTheNewestOrTheOneThatIsNamed() {
    assertThat(new EvaluatedRuns(model).latest()).isEqualTo(runs.resolve("aaaa1"));
    assertThat(new EvaluatedRuns(model).named("aaaa2")).isEqualTo(runs.resolve("aaaa2"));
  }

  @Test
  void refusesWhatIsAbsentOrUnclear() {
    assertThatThrownBy(() -> new EvaluatedRuns(model).named("bbbb1"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no evaluated run called \"bbbb1\"")
        .extracting(failure -> ((Failure) failure).fix())
        .isEqualTo("name one of aaaa1, aaaa2");
    assertThatThrownBy(() -> new EvaluatedRuns(model).named("aaaa"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("2 evaluated runs");
    AtomicFiles.deleteRecursively(runs);
    assertThatThrownBy(() -> new EvaluatedRuns(model).latest())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no evaluated run in");
  }

  @Test
  void findsTheDatasetByItsDigest() {
    assertThat(EvaluatedRuns.dataset(runs.resolve("aaaa1"))).isEmpty();
    Path version = home.resolve("sets/v1");
    AtomicFiles.writeString(version.resolve("manifest.json"), "{}");
    RunManifest.Output dataset = RunManifest.Output.of(version);
    new RunManifest("curate", "k", "", Map.of("dataset", dataset)).write(runs.resolve("cccc1"));
    AtomicFiles.writeString(
        runs.resolve("aaaa1/run.json"),
        Json.pretty(Map.of("output curate dataset", dataset.sha256())));
    assertThat(EvaluatedRuns.dataset(runs.resolve("aaaa1")))
        .hasValueSatisfying(
            found -> {
              assertThat(found.folder()).isEqualTo(version.toString());
              assertThat(found.manifestSha256()).isEqualTo(Hashes.sha256("{}"));
            });
  }

  private void evaluation(String name, int minute) throws IOException {
    Path file = runs.resolve(name).resolve("evaluation.json");
    AtomicFiles.writeString(file, "{}");
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(60L * minute)));
  }
}

package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Progress;
import dev.pipeline.io.StopSignal;
import dev.pipeline.track.TrackedRun;
import dev.pipeline.track.wandb.FakeWeightsAndBiases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackingTest {
  private static final RunKey KEY = new RunKey("sft", "0f".repeat(32));

  @TempDir Path folder;

  @BeforeEach
  void configure() throws IOException {
    Files.writeString(folder.resolve("all.yaml"), "model:\n  output_dir: " + folder + "\n");
  }

  @Test
  void whatARunTellsLiesInItsFolderWithoutAnyServer() {
    Optional<String> said = follow(Map.of(), this::train);
    assertThat(said).isEmpty();
    TrackedRun run = TrackedRun.read(run().folder()).orElseThrow();
    assertThat(run.id()).isEqualTo(KEY.shortName());
    assertThat(run.state()).isEqualTo("finished");
    assertThat(end(run).figures()).containsEntry("bestLoss", 2.5);
    assertThat(end(run).files()).containsOnlyKeys("result.json");
  }

  @Test
  void aRunIsSentWhileItGoesOn() throws IOException {
    try (FakeWeightsAndBiases server = new FakeWeightsAndBiases()) {
      Optional<String> said = follow(server.environment(), this::train, "wandb_mode=online");
      assertThat(said).get().asString().startsWith(server.address()).endsWith(KEY.shortName());
      assertThat(server.rows(KEY.shortName())).isEqualTo(3);
      assertThat(server.state(KEY.shortName())).isEqualTo("finished");
      assertThat(server.refusals()).isEmpty();
    }
  }

  @Test
  void theEnvironmentMayKeepBackWhatTheSettingsWouldSend() throws IOException {
    try (FakeWeightsAndBiases server = new FakeWeightsAndBiases()) {
      Map<String, String> offline = new HashMap<>(server.environment());
      offline.put("WANDB_MODE", "offline");
      assertThat(follow(offline, this::train, "wandb_mode=online")).isEmpty();
      assertThat(server.calls()).isEmpty();
      assertThat(TrackedRun.read(run().folder())).isPresent();
    }
  }

  @Test
  void aRunThatFailsFailsThereToo() throws IOException {
    try (FakeWeightsAndBiases server = new FakeWeightsAndBiases()) {
      assertThatThrownBy(
              () ->
                  follow(
                      server.environment(),
                      () -> {
                        throw Failure.trainingStopped("the loss is NaN", "lower learning_rate");
                      },
                      "wandb_mode=online"))
          .hasMessage("the loss is NaN");
      assertThat(server.state(KEY.shortName())).isEqualTo("failed");
      assertThat(end(TrackedRun.read(run().folder()).orElseThrow()).exitCode()).isEqualTo(5);
    }
  }

  @Test
  void aServerThatRefusesCostsOneLineAndNothingElse() throws IOException {
    try (FakeWeightsAndBiases server = new FakeWeightsAndBiases()) {
      Map<String, String> stranger =
          Map.of("WANDB_API_KEY", "another-key-42", "WANDB_BASE_URL", server.address());
      assertThat(follow(stranger, this::train, "wandb_mode=online"))
          .get()
          .asString()
          .contains("does not take WANDB_API_KEY", "pipeline track sync")
          .doesNotContain("another-key-42");
    }
    assertThat(
            follow(
                Map.of("WANDB_API_KEY", "a-key-42", "WANDB_BASE_URL", "http://example.com"),
                this::train,
                "wandb_mode=online"))
        .get()
        .asString()
        .contains("over http", "pipeline track sync");
    assertThat(follow(Map.of(), this::train, "wandb_mode=online"))
        .get()
        .asString()
        .contains("WANDB_API_KEY is not set", "pipeline track sync");
  }

  @Test
  void disabledMeansThatNothingIsNoted() {
    assertThat(follow(Map.of(), this::train, "wandb_mode=disabled")).isEmpty();
    assertThat(TrackedRun.read(run().folder())).isEmpty();
  }

  @Test
  void aNoteThatCannotBeReadIsNoReasonToStop() {
    AtomicFiles.writeString(run().folder().resolve(TrackedRun.FILE), "{");
    assertThat(follow(Map.of(), this::train)).get().asString().contains("not followed");
    assertThat(run().folder().resolve("result.json")).exists();
  }

  private static TrackedRun.End end(TrackedRun run) {
    return Objects.requireNonNull(run.ended());
  }

  private void train() {
    AtomicFiles.writeString(
        run().folder().resolve(TrackedRun.METRICS), "{\"step\":1}\n{\"step\":2}\n{\"step\":3}\n");
    AtomicFiles.writeString(run().folder().resolve("result.json"), "{\"bestLoss\": 2.5}");
  }

  private Optional<String> follow(
      Map<String, String> environment, Runnable work, String... overrides) {
    return new Tracking(config(overrides).tracking(), new Runs(folder), environment)
        .follow(new SftJob(), run(overrides), work);
  }

  private RunContext run(String... overrides) {
    PipelineConfig config = config(overrides);
    Workspace workspace = Workspace.of(config.model());
    return new RunContext(
        config,
        workspace,
        KEY,
        workspace.run(KEY),
        Map.of(),
        Optional.empty(),
        new StopSignal(),
        Progress.SILENT);
  }

  private PipelineConfig config(String... overrides) {
    return ConfigLoader.load(folder.resolve("all.yaml"), List.of(overrides), "tracking");
  }
}

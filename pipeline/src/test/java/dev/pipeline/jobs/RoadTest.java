package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pipeline.evaluate.EvaluationFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.StopSignal;
import dev.pipeline.release.PreferenceTraining;
import dev.pipeline.release.Release;
import dev.pipeline.release.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoadTest {
  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void place() {
    model = Workspace.of(request("release").config().model()).model();
  }

  @Test
  void withOneRoadThereIsNothingToSay() throws IOException {
    assertThat(RoadChoice.of(request("release")))
        .isEqualTo(new RoadChoice(Road.SFT, Optional.empty()));
    evaluated("a", "sft", 1);
    assertThat(RoadChoice.of(request("release")))
        .isEqualTo(new RoadChoice(Road.SFT, Optional.empty()));
  }

  @Test
  void theModelEvaluatedLastDecidesAndTheOtherIsNamed() throws IOException {
    evaluated("b", "sft", 1);
    evaluated("a", "dpo", 2);
    for (String job : List.of("package", "evaluate", "release", "plan")) {
      RoadChoice choice = RoadChoice.of(request(job));
      assertThat(choice.road()).isEqualTo(Road.DPO);
      assertThat(choice.words().orElseThrow())
          .startsWith("the road of run dpo, whose model came last; ")
          .endsWith("pipeline run sft --config " + folder.resolve("all.yaml"));
    }
    evaluated("c", "sft", 3);
    Files.createDirectories(model.resolve("dpo"));
    RoadChoice back = RoadChoice.of(request("release"));
    assertThat(back.road()).isEqualTo(Road.SFT);
    assertThat(back.words().orElseThrow()).startsWith("the road of run sft").contains("run dpo --");
  }

  @Test
  void aModelPublishedAfterwardsDecides() throws IOException {
    evaluated("a", "dpo", 2);
    published("sft", 3);
    assertThat(RoadChoice.of(request("plan")).road()).isEqualTo(Road.SFT);
    published("dpo", 3);
    assertThat(RoadChoice.of(request("plan")).road()).isEqualTo(Road.DPO);
    evaluated("b", "sft", 4);
    assertThat(RoadChoice.of(request("plan")).road()).isEqualTo(Road.SFT);
  }

  @Test
  void aJobBeforeTheRoadsPartHasNoChoice() throws IOException {
    evaluated("a", "dpo", 1);
    for (String job : List.of("sft", "dpo", "curate", "pretrain")) {
      assertThat(RoadChoice.of(request(job)).words()).isEmpty();
    }
  }

  @Test
  void theRunSaysWhichRoadItFollows() throws IOException {
    evaluated("a", "dpo", 1);
    StopSignal stop = new StopSignal();
    stop.request("seen enough");
    StringBuilder told = new StringBuilder();
    PipelineRun run = new PipelineRun(request("release"), new Words(told), stop);
    assertThat(catchThrowableOfType(Failure.class, run::run)).isNotNull();
    assertThat(told).startsWith("the road of run dpo");
  }

  @Test
  void theReleasedAdapterIsKnownByItsDigest() throws IOException {
    assertThat(released("sft")).isEqualTo(model.resolve("sft"));
    for (String trainer : List.of("sft", "dpo")) {
      Path weights = model.resolve(trainer).resolve("adapter_model.safetensors");
      Files.createDirectories(weights.getParent());
      Files.writeString(weights, trainer);
    }
    release(Digests.of(model.resolve("dpo")));
    assertThat(released("dpo")).isEqualTo(model.resolve("dpo"));
    release(Digests.of(model.resolve("sft")));
    assertThat(released("sft")).isEqualTo(model.resolve("sft"));
    release("00");
    assertThat(catchThrowableOfType(Failure.class, () -> released("sft")).reason())
        .startsWith("the adapter that release 1 was made from is no longer in");
  }

  private Path released(String job) {
    return StageInspection.releasedAdapter(request(job).config().model());
  }

  private void release(String adapter) throws IOException {
    release(new Training("SFT", adapter, null), Instant.EPOCH);
  }

  private void published(String trainer, long second) throws IOException {
    PreferenceTraining preferences =
        new PreferenceTraining("DPO", 0.1, 5e-6, "00", "pairs", "00", Map.of(), 0.8, 100);
    release(
        new Training(trainer, "00", trainer.equals("dpo") ? preferences : null),
        Instant.ofEpochSecond(second));
  }

  private void release(Training training, Instant time) throws IOException {
    Release release =
        new Release(1, "run", "data", time.toString(), Map.of(), Map.of(), training, null, null);
    Files.createDirectories(model);
    Files.writeString(
        model.resolve("releases.json"), Json.pretty(Map.of("releases", List.of(release))));
  }

  private void evaluated(String run, String trainer, long second) throws IOException {
    Path place = Files.createDirectories(model.resolve("runs").resolve(run));
    Files.writeString(
        place.resolve(Launcher.INGREDIENTS),
        Json.pretty(Map.of("output " + trainer + " adapter", "00")));
    Path evaluation = Files.writeString(place.resolve(EvaluationFiles.EVALUATION), "{}");
    Files.setLastModifiedTime(evaluation, FileTime.fromMillis(1000 * second));
  }

  private RunRequest request(String job) {
    RunRequest request = Runs.request(folder, "");
    return new RunRequest(job, false, request.config(), request.configPath(), List.of());
  }

  private record Words(StringBuilder told) implements QuietReport {
    @Override
    public void road(String words) {
      told.append(words);
    }
  }
}

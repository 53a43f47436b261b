package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Json;
import dev.pipeline.io.Progress;
import dev.pipeline.io.StopSignal;
import dev.pipeline.model.AdapterFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The job on a few pairs, after a fine-tuning of a few steps. */
@Tag("recipe")
class DpoJobTest {
  @TempDir Path folder;

  @Test
  void theTunedAdapterGoesOnToLearnPreferences() throws IOException {
    Told told = run();
    assertThat(told.started).contains("sft", "preferences", "dpo");
    Path adapter = folder.resolve("artifacts/smoke-joshi/dpo");
    assertThat(AdapterFolder.readSpec(adapter).dropout()).isZero();
    assertThat(Files.mismatch(weights("sft"), weights("dpo"))).isNotEqualTo(-1);
    RunManifest manifest = told.finished.get(told.finished.size() - 1);
    assertThat(manifest.summary()).contains("6 steps", "reward accuracy", "of 12 held-out pairs");
    Path run = RunFiles.folderOf(Path.of(manifest.output("adapter").path()));
    JsonNode first =
        Json.mapper().readTree(Files.readAllLines(run.resolve("metrics.jsonl")).get(0));
    assertThat(first.path("loss").asDouble()).isBetween(0.6931, 0.6932);
    assertThat(first.propertyNames())
        .contains(
            "rewards/chosen",
            "rewards/rejected",
            "rewards/margins",
            "rewards/accuracies",
            "logps/chosen",
            "logps/rejected");
    JsonNode report = Json.mapper().readTree(Files.readString(run.resolve("held_out.json")));
    assertThat(report.path("figures").size()).isEqualTo(12);
    assertThat(report.path("by_source").propertyNames()).containsExactly("captured");
    assertThat(run().started).isEmpty();
  }

  private Path weights(String job) {
    return folder
        .resolve("artifacts/smoke-joshi")
        .resolve(job)
        .resolve("adapter_model.safetensors");
  }

  private Told run() {
    List<String> overrides =
        List.of(
            "output_dir=" + folder.resolve("artifacts"),
            "dataset_dir=" + folder.resolve("datasets"),
            "base_model=../artifacts/base",
            "mine.raw=../datasets/raw",
            "raw_preferences=../datasets/preferences-raw");
    Path smoke = Path.of("../configs/smoke");
    PipelineConfig config = ConfigLoader.load(smoke, overrides, "dpo");
    RunRequest request = new RunRequest("dpo", false, config, smoke.toString(), overrides);
    Told told = new Told(new ArrayList<>(), new ArrayList<>());
    List<PipelineJob> chain =
        Chain.of("dpo").stream().takeWhile(job -> !job.name().equals("package")).toList();
    new PipelineRun(request, chain, told, new StopSignal()).run();
    return told;
  }

  private record Told(List<String> started, List<RunManifest> finished) implements RunReport {
    @Override
    public Progress started(String job, boolean continued) {
      started.add(job);
      return Progress.SILENT;
    }

    @Override
    public void finished(RunManifest manifest, Duration duration) {
      finished.add(manifest);
    }

    @Override
    public void alreadyDone(RunManifest manifest) {}

    @Override
    public void nothingToDo() {}
  }
}

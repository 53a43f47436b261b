package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.EvaluationFiles;
import dev.pipeline.io.Json;
import dev.pipeline.io.Progress;
import dev.pipeline.io.StopSignal;
import dev.pipeline.model.AdapterFolder;
import dev.pipeline.plan.PlanRecord;
import dev.pipeline.plan.PlanStore;
import dev.pipeline.release.PreferenceTraining;
import dev.pipeline.release.Release;
import dev.pipeline.release.ReleaseLog;
import dev.pipeline.release.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The job on a few pairs, after a fine-tuning of a few steps, and the evaluation of both. */
@Tag("recipe")
class DpoJobTest {
  @TempDir static Path folder;
  private static Told told = new Told(List.of(), List.of());

  @BeforeAll
  static void runOnce() {
    told = run();
  }

  @Test
  void theTunedAdapterGoesOnToLearnPreferences() throws IOException {
    assertThat(told.started).endsWith("dpo", "package", "evaluate", "package", "evaluate");
    Path adapter = folder.resolve("artifacts/smoke-joshi/dpo");
    assertThat(AdapterFolder.readSpec(adapter).dropout()).isZero();
    assertThat(Files.mismatch(weights("sft"), weights("dpo"))).isNotEqualTo(-1);
    RunManifest manifest = finished("dpo", 0);
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

  @Test
  void whatIsReleasedAfterwardsIsThatModel() {
    Told released = new Told(new ArrayList<>(), new ArrayList<>());
    new PipelineRun(request("plan"), released, new StopSignal()).run();
    assertThat(released.started).containsExactly("road of run dpo", "release", "plan");
    Workspace workspace = Workspace.of(request().config().model());
    Release release = new ReleaseLog(workspace.model()).current().orElseThrow();
    assertThat(release.files().get("smoke-joshi.gguf"))
        .isEqualTo(EvaluationFiles.read(evaluation(1)).tuned().model().sha256());
    Training training = Objects.requireNonNull(release.training());
    assertThat(training.trainer()).isEqualTo("SFT, then DPO");
    assertThat(training.adapter()).isEqualTo(finished("dpo", 0).output("adapter").sha256());
    PreferenceTraining preferences = Objects.requireNonNull(training.preferences());
    assertThat(preferences.sftAdapter()).isEqualTo(finished("sft", 0).output("adapter").sha256());
    assertThat(preferences.heldOutPairs()).isEqualTo(12);
    assertThat(StageInspection.releasedAdapter(request().config().model()))
        .isEqualTo(workspace.model().resolve("dpo"));
    PlanStore plans = PlanStores.of(request().config());
    PlanRecord plan = plans.search("dpo", 1).get(0).plan();
    assertThat(plan.planText()).contains("after SFT, then DPO", "reward accuracy", "task success");
    assertThat(plan.metadata()).containsKey("preferences").doesNotContainKey("warning");
    try (Executions executions = Executions.open(request().config()).orElseThrow()) {
      assertThat(executions.list())
          .filteredOn(execution -> execution.job().equals("evaluate"))
          .extracting(ExecutionView::after)
          .containsExactly("DPO", "SFT");
    }
  }

  @Test
  void theEvaluationHoldsItAgainstWhatItStartedFrom() throws IOException {
    Path first = evaluation(0);
    Path second = evaluation(1);
    Evaluation tuned = EvaluationFiles.read(first);
    Evaluation preferred = EvaluationFiles.read(second);
    assertThat(tuned.start()).isEmpty();
    assertThat(preferred.start()).contains(tuned.tuned());
    assertThat(preferred.base()).isEqualTo(tuned.base());
    assertThat(preferred.tuned().model().sha256()).isNotEqualTo(tuned.tuned().model().sha256());
    assertThat(finished("evaluate", 1).summary()).startsWith("after DPO, gate passed");
    assertThat(second.resolve("report.html"))
        .content()
        .contains(
            "Base, SFT and DPO",
            "Toxicity classifier bert, from 0.01",
            "Reward accuracy, all pairs",
            "Leak rate against SFT");
    assertThat(first.resolve("report.html")).content().contains("Base and SFT");
  }

  @Test
  void aRestartStaysOnTheSameRoad() {
    try (Executions executions = Executions.open(request().config()).orElseThrow()) {
      for (ExecutionView execution : executions.list()) {
        RunRequest again = executions.restartOf(execution.id());
        assertThat(again.command()).startsWith("run " + execution.job() + " --only");
        assertThat(again.road().map(Road::name)).isEqualTo(Optional.ofNullable(execution.after()));
      }
    }
  }

  private static Path evaluation(int index) {
    return RunFiles.folderOf(Path.of(finished("evaluate", index).output("evaluation").path()));
  }

  private static RunManifest finished(String job, int index) {
    return told.finished.stream().filter(run -> run.job().equals(job)).toList().get(index);
  }

  private Path weights(String job) {
    return folder
        .resolve("artifacts/smoke-joshi")
        .resolve(job)
        .resolve("adapter_model.safetensors");
  }

  private static Told run() {
    Told told = new Told(new ArrayList<>(), new ArrayList<>());
    List<PipelineJob> chain =
        Chain.of("dpo", false, Road.DPO).stream()
            .takeWhile(job -> !job.name().equals("release"))
            .toList();
    new PipelineRun(request(), chain, Optional.empty(), told, new StopSignal()).run();
    return told;
  }

  private static RunRequest request() {
    return request("dpo");
  }

  private static RunRequest request(String job) {
    List<String> overrides =
        List.of(
            "output_dir=" + folder.resolve("artifacts"),
            "dataset_dir=" + folder.resolve("datasets"),
            "base_model=../artifacts/base",
            "mine.raw=../datasets/raw",
            "preferences.raw_preferences=../datasets/preferences-raw",
            "evaluate.red_team=../datasets/redteam",
            "evaluate.negotiation_tasks=../datasets/benchmarks/negotiation.jsonl",
            "evaluate.general_texts=../datasets/benchmarks/general.jsonl",
            "toxicity_classifier=src/test/resources/classifiers/bert",
            "toxicity_threshold=0.01",
            "evaluate.gate=../configs/gate-smoke.yaml");
    Path smoke = Path.of("../configs/smoke");
    PipelineConfig config = ConfigLoader.load(smoke, overrides, "dpo");
    return new RunRequest(job, false, config, smoke.toString(), overrides);
  }

  private record Told(List<String> started, List<RunManifest> finished) implements QuietReport {
    @Override
    public void road(String words) {
      started.add(words.substring(words.indexOf("road"), words.indexOf(',')));
    }

    @Override
    public Progress started(String job, boolean continued) {
      started.add(job);
      return Progress.SILENT;
    }

    @Override
    public void finished(RunManifest manifest, Duration duration) {
      finished.add(manifest);
    }
  }
}

package dev.pipeline.jobs;

import dev.pipeline.config.ModelParts;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.config.SftConfig;
import dev.pipeline.data.curate.DatasetManifest;
import dev.pipeline.evaluate.EvaluationFiles;
import dev.pipeline.evaluate.Judgement;
import dev.pipeline.evaluate.suite.SuiteResult;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.plan.PlanFacts;
import dev.pipeline.plan.PlanRecord;
import dev.pipeline.plan.PlanStore;
import dev.pipeline.plan.PlanText;
import dev.pipeline.release.Release;
import dev.pipeline.release.ReleaseNotes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.batch.core.step.Step;

/** The release is recorded where agents look plans up. */
final class PlanJob implements PipelineJob {
  private static final String PLAN = "plan.json";

  private final Road road;

  /** Records what {@code road} led to. */
  PlanJob(Road road) {
    this.road = road;
  }

  @Override
  public String name() {
    return "plan";
  }

  @Override
  public Optional<Road> road() {
    return Optional.of(road);
  }

  @Override
  public List<String> needs() {
    return List.of("curate", "package", "evaluate", "release");
  }

  @Override
  public List<Record> settings(PipelineConfig config) {
    return List.of(config.plan(), config.sft(), ModelParts.ForServing.of(config.model()));
  }

  @Override
  public Map<String, Path> reads(PipelineConfig config) {
    return Map.of();
  }

  @Override
  public List<Step> steps(JobSteps steps, RunContext run) {
    return List.of(steps.recipe("record", () -> record(run, road)));
  }

  @Override
  public Outcome outcome(RunContext run) {
    PlanRecord plan = RunFiles.read(run.folder().resolve(PLAN), PlanRecord.class);
    try (PlanStore plans = PlanStores.of(run.config())) {
      String place =
          plans.waiting() > 0
              ? " on this machine, not yet at the server; see pipeline plans sync"
              : "; see pipeline plans latest";
      return new Outcome(
          "recorded as " + plan.id() + place, Map.of("plan", run.folder().resolve(PLAN)));
    }
  }

  @Override
  public boolean stands(PipelineConfig config, Path folder) {
    PlanRecord plan = RunFiles.read(folder.resolve(PLAN), PlanRecord.class);
    try (PlanStore plans = PlanStores.of(config)) {
      return plans.find(plan.id()).isPresent();
    } catch (Failure e) {
      // A server that is away is no reason to doubt what it or the outbox took before.
      if (e.exitCode() == ExitCode.INFRASTRUCTURE) {
        return true;
      }
      throw e;
    }
  }

  private static void record(RunContext run, Road road) {
    PlanFacts facts = facts(run);
    PlanRecord plan =
        PlanRecord.of(
            facts,
            PlanText.of(run.config().plan().planText(), facts),
            Stream.concat(run.config().plan().tags().stream(), road.trainers().stream()).toList(),
            Instant.now());
    PlanRecord stored;
    try (PlanStore plans = PlanStores.of(run.config())) {
      stored = plans.record(plan);
      plans.learn(PlanStores.described(manifest(run), Instant.now()));
      Learnings.tellFeedback(run.config(), plans);
    }
    new ReleaseNotes(run.workspace().model())
        .keepPlan(ReleaseJob.release(run).version(), Json.pretty(stored));
    AtomicFiles.writeString(run.folder().resolve(PLAN), Json.pretty(stored));
  }

  private static PlanFacts facts(RunContext run) {
    Release release = ReleaseJob.release(run);
    Map<String, Long> counts = new TreeMap<>();
    manifest(run).counts().forEach((part, count) -> counts.put(part, count.longValue()));
    return new PlanFacts(
        run.config().model().modelName(),
        run.config().plan().planVersion(),
        release.runKey(),
        release.version(),
        run.config().model().baseModel().toString(),
        run.config().model().base().origin(),
        release.datasetVersion(),
        counts,
        training(run),
        metrics(run),
        ReleaseJob.registration(run).status(),
        release.files(),
        Objects.requireNonNull(release.training(), "a release tells how it was trained"),
        Objects.requireNonNullElse(release.warning(), ""));
  }

  private static DatasetManifest manifest(RunContext run) {
    Path dataset = run.output("curate", CurateJob.DATASET);
    return RunFiles.read(dataset.resolve(DatasetManifest.FILE), DatasetManifest.class);
  }

  private static Map<String, String> training(RunContext run) {
    SftConfig sft = run.config().sft();
    return Map.of(
        "quantisation",
            Quantisations.served(run.config(), run.output("package", PackageJob.STAGED)),
        "lora rank", String.valueOf(sft.lora().loraR()),
        "lora alpha", String.valueOf(sft.lora().loraAlpha()),
        "learning rate", String.valueOf(sft.optimizer().learningRate()),
        "epochs", String.valueOf(sft.schedule().numEpochs()));
  }

  private static Map<String, Double> metrics(RunContext run) {
    Path folder = RunFiles.folderOf(run.output("evaluate", "evaluation"));
    Judgement tuned = EvaluationFiles.read(folder).tuned();
    Map<String, Double> metrics = new TreeMap<>();
    Stream.concat(Stream.of(tuned.metrics()), tuned.suites().stream().map(SuiteResult::metrics))
        .forEach(scores -> scores.forEach((name, score) -> metrics.put(name, score.value())));
    return metrics;
  }
}

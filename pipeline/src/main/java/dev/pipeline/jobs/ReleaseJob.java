package dev.pipeline.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pipeline.chat.ChatModel;
import dev.pipeline.config.ModelConfig;
import dev.pipeline.config.ModelParts;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.config.ReleaseConfig;
import dev.pipeline.data.curate.DatasetWriter;
import dev.pipeline.evaluate.EvaluationFiles;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Json;
import dev.pipeline.model.Architectures;
import dev.pipeline.model.BaseModels;
import dev.pipeline.release.Candidate;
import dev.pipeline.release.ModelServing;
import dev.pipeline.release.Modelfile;
import dev.pipeline.release.OllamaServer;
import dev.pipeline.release.OllamaTemplate;
import dev.pipeline.release.Publisher;
import dev.pipeline.release.Registered;
import dev.pipeline.release.Release;
import dev.pipeline.release.ReleaseLog;
import dev.pipeline.release.StagedPackage;
import dev.pipeline.release.Training;
import dev.pipeline.weights.ModelFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.step.Step;

/**
 * What passed its gate, or whose gate was overridden, is published, and made known to Ollama where
 * there is a server.
 */
final class ReleaseJob implements PipelineJob {
  static final String RELEASE = "release";

  private static final String RELEASE_FILE = "release.json";
  private static final String REGISTRATION_FILE = "registration.json";

  private final Road road;

  /** Publishes what {@code road} leads to. */
  ReleaseJob(Road road) {
    this.road = road;
  }

  /**
   * How the registration ended.
   *
   * @param status which release serves, and where, in a sentence
   * @param ollama under which name a server has it; null where none does
   */
  record Registration(
      String status, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Registered ollama) {
    /** Without what the version says already. */
    String registered() {
      return status.substring(status.indexOf("; ") + 2);
    }
  }

  @Override
  public String name() {
    return "release";
  }

  @Override
  public Optional<Road> road() {
    return Optional.of(road);
  }

  @Override
  public List<String> needs() {
    List<String> needs = new ArrayList<>(List.of("curate", "package", "evaluate"));
    needs.addAll(road.trainers());
    if (road == Road.DPO) {
      needs.add("preferences");
    }
    return needs;
  }

  @Override
  public List<Record> settings(PipelineConfig config) {
    List<Record> settings =
        new ArrayList<>(
            List.of(config.release(), config.evaluate(), ModelParts.ForServing.of(config.model())));
    if (road == Road.DPO) {
      settings.add(config.dpo());
    }
    return settings;
  }

  @Override
  public Map<String, Path> reads(PipelineConfig config) {
    return Map.of("gate", config.evaluate().gate());
  }

  @Override
  public boolean heedsOverride() {
    return true;
  }

  @Override
  public List<Step> steps(JobSteps steps, RunContext run) {
    return List.of(
        steps.recipe("templates", () -> ServedTemplates.require(run)),
        steps.recipe("publish", () -> publish(run)));
  }

  @Override
  public Outcome outcome(RunContext run) {
    Release release = release(run);
    Path models = run.workspace().model().resolve("models");
    Path served = models.resolve(run.config().model().modelName() + ".gguf");
    return new Outcome(
        (release.warning() == null ? "" : release.warning() + ": ")
            + "version "
            + release.version()
            + ", "
            + TrainingRecord.trainers(run.config(), road)
            + replaced(run, release.version())
            + " -> "
            + served
            + "; "
            + registration(run).registered(),
        Map.of(
            RELEASE,
            run.folder().resolve(RELEASE_FILE),
            "registration",
            run.folder().resolve(REGISTRATION_FILE),
            "gguf",
            served,
            "modelfile",
            models.resolve("Modelfile")));
  }

  /** What it replaced, and how that had been trained; empty for the first. */
  private static String replaced(RunContext run, int version) {
    return new ReleaseLog(run.workspace().model())
        .replacedBy(version)
        .map(
            former -> {
              Training training = former.training();
              return ", in the place of %d%s"
                  .formatted(
                      former.version(), training == null ? "" : " (" + training.trainer() + ")");
            })
        .orElse("");
  }

  /** The release that a run published. */
  static Release release(RunContext run) {
    Path file =
        run.key().job().equals("release")
            ? run.folder().resolve(RELEASE_FILE)
            : run.output("release", RELEASE);
    return RunFiles.read(file, Release.class);
  }

  /** How its registration ended. */
  static Registration registration(RunContext run) {
    Path file =
        run.key().job().equals("release")
            ? run.folder().resolve(REGISTRATION_FILE)
            : run.output("release", "registration");
    return RunFiles.read(file, Registration.class);
  }

  /** The server that {@code config} asks for. */
  static OllamaServer ollama(ReleaseConfig config) {
    return new OllamaServer(config.ollamaUrl(), config.ollamaRequired(), config.ollamaTimeout());
  }

  private void publish(RunContext run) {
    ModelServing serving = Servings.of(run.config(), true, run.gateOverride(), run.progress());
    Release release =
        new Publisher(run.workspace().model(), Clock.systemUTC(), serving)
            .publish(candidate(run), Servings.user());
    AtomicFiles.writeString(
        run.folder().resolve(REGISTRATION_FILE),
        Json.pretty(
            new Registration(
                "release " + release.version() + " serves; " + serving.status(),
                serving.registered().orElse(null))));
    AtomicFiles.writeString(run.folder().resolve(RELEASE_FILE), Json.pretty(release));
  }

  private Candidate candidate(RunContext run) {
    Path dataset = run.output("curate", CurateJob.DATASET);
    Path evaluated = RunFiles.folderOf(run.output("evaluate", "evaluation"));
    return new Candidate(
        StagedPackage.open(run.output("package", PackageJob.STAGED)),
        modelfile(run.config()),
        EvaluateJob.verdict(run, evaluated),
        new Candidate.Origin(
            run.key().value(),
            String.valueOf(dataset.getFileName()),
            TrainingRecord.of(run, road),
            EvaluationFiles.read(evaluated).tuned().model().sha256(),
            DatasetWriter.manifest(dataset).warning()),
        run.gateOverride(),
        kept(run, evaluated));
  }

  /** What a rollback brings back besides what is served, and what says why it was released. */
  private Map<String, Path> kept(RunContext run, Path evaluated) {
    Map<String, Path> kept =
        new TreeMap<>(
            Candidate.reports(
                evaluated,
                EvaluationFiles.EVALUATION,
                EvaluationFiles.ANSWERS,
                EvaluationFiles.SUITES,
                EvaluationReport.FILE));
    for (String trainer : road.trainers()) {
      kept.putAll(Candidate.adapter(trainer, run.output(trainer, SftJob.ADAPTER)));
    }
    return kept;
  }

  /** How Ollama will serve what {@code config} makes. */
  static Modelfile modelfile(PipelineConfig config) {
    ModelConfig model = config.model();
    ModelFolder base = ModelFolder.open(BaseModels.folder(model.baseModel()));
    int context =
        Architectures.of(base.config(), base.configName())
            .shape(base.config(), base.configName())
            .servedPositions();
    try (ChatModel chat = BaseChat.open(model)) {
      return new Modelfile(
          model.modelName(),
          OllamaTemplate.of(chat.template(), chat.controlTokens())
              .stoppingAt(model.base().stopWords()),
          config.release().temperature(),
          config.release().topP(),
          model.base().boundedContext(context),
          Optional.of(model.systemPrompt().strip()).filter(prompt -> !prompt.isEmpty()),
          model.base().licence());
    }
  }
}

package dev.pipeline.jobs;

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
import dev.pipeline.release.Modelfile;
import dev.pipeline.release.OllamaRegistration;
import dev.pipeline.release.OllamaTemplate;
import dev.pipeline.release.Publisher;
import dev.pipeline.release.Release;
import dev.pipeline.release.StagedPackage;
import dev.pipeline.weights.ModelFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** How the registration ended, in a sentence. */
  record Registration(String status) {}

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
        steps.recipe("publish", () -> publish(run)), steps.recipe("register", () -> register(run)));
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
            + " -> "
            + served
            + "; "
            + registration(run).status(),
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

  /** The registration that {@code config} asks for. */
  static OllamaRegistration ollama(ReleaseConfig config) {
    return new OllamaRegistration(
        new OllamaRegistration.Settings(
            config.ollamaUrl(), config.ollamaRequired(), config.ollamaTimeout()));
  }

  private void publish(RunContext run) {
    Path dataset = run.output("curate", CurateJob.DATASET);
    Path evaluated = RunFiles.folderOf(run.output("evaluate", "evaluation"));
    StagedPackage staged = StagedPackage.open(run.output("package", PackageJob.STAGED));
    Release release =
        new Publisher(run.workspace().model(), Clock.systemUTC())
            .publish(
                staged,
                modelfile(run.config()),
                EvaluateJob.verdict(run, evaluated),
                new Publisher.Origin(
                    run.key().value(),
                    String.valueOf(dataset.getFileName()),
                    TrainingRecord.of(run, road),
                    EvaluationFiles.read(evaluated).tuned().model().sha256(),
                    DatasetWriter.manifest(dataset).warning()),
                run.gateOverride());
    AtomicFiles.writeString(run.folder().resolve(RELEASE_FILE), Json.pretty(release));
  }

  private static void register(RunContext run) {
    OllamaRegistration.Outcome outcome =
        ollama(run.config().release())
            .register(
                run.workspace().model(),
                modelfile(run.config()),
                release(run),
                status -> run.progress().at(0, 0, "Ollama: " + status));
    AtomicFiles.writeString(
        run.folder().resolve(REGISTRATION_FILE), Json.pretty(new Registration(outcome.toString())));
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
          model.base().licence());
    }
  }
}

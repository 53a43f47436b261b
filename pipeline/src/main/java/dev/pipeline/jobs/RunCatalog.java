package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.evaluate.EvaluationFiles;
import dev.pipeline.evaluate.report.TrainingLog;
import dev.pipeline.io.Folders;
import dev.pipeline.io.Json;
import dev.pipeline.io.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** All runs of a model, for those who look: nothing is opened for writing, nothing is held. */
public final class RunCatalog {
  /** Folders are named by the first digits of the run's key, retrainings by their month. */
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{16}|\\d{4}-\\d{2}");

  private final PipelineConfig config;
  private final Path runs;
  private final ExecutionLog executions;

  /** The runs of the model that {@code config} names. */
  public RunCatalog(PipelineConfig config) {
    this.config = config;
    this.runs = Workspace.of(config.model()).runs();
    this.executions = ExecutionLog.open(config);
  }

  /** Every run once, the one that began last first; runs that the store forgot come last. */
  public List<RunView> list() {
    Map<String, RunView> views = new LinkedHashMap<>();
    for (ExecutionView execution : executions.list()) {
      if (execution.job().equals(Retrain.JOB) || Files.isDirectory(runs.resolve(execution.key()))) {
        views.computeIfAbsent(execution.job() + execution.key(), key -> view(execution));
      }
    }
    List<RunView> all = new ArrayList<>(views.values());
    for (String folder : folders()) {
      if (all.stream().noneMatch(view -> view.name().equals(folder))) {
        forgotten(folder).ifPresent(all::add);
      }
    }
    return all;
  }

  /** The run called {@code name}. */
  public Optional<RunView> find(String name) {
    return list().stream().filter(view -> view.name().equals(name)).findFirst();
  }

  /** What a run's key was made of: digests of what it read, settings, the program's version. */
  public Map<String, String> ingredients(String name) {
    return folder(name)
        .map(folder -> folder.resolve(Launcher.INGREDIENTS))
        .filter(Files::isRegularFile)
        .map(
            file -> {
              Map<?, ?> read = RunFiles.read(file, TreeMap.class);
              Map<String, String> texts = new TreeMap<>();
              read.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
              return texts;
            })
        .orElseGet(TreeMap::new);
  }

  /** The curves that a training writes; none for other jobs. */
  public TrainingLog metrics(String name) {
    return folder(name)
        .map(folder -> TrainingLog.readGrowing(folder.resolve(SftJob.METRICS)))
        .orElseGet(TrainingLog::none);
  }

  /** What a finished run made. */
  public Optional<RunManifest> manifest(String name) {
    return folder(name).flatMap(RunManifest::read);
  }

  /** How the retraining of the month {@code name} ended last; empty for every other run. */
  public Optional<RetrainRecord> retrained(String name) {
    return new RetrainFolder(Workspace.of(config.model()))
        .records().stream().filter(record -> record.intake().month().equals(name)).findFirst();
  }

  /** The gate's word on an evaluation, by the bounds that are configured now. */
  public Optional<GateCheck> gate(String name) {
    return folder(name)
        .filter(folder -> Files.isRegularFile(folder.resolve(EvaluationFiles.EVALUATION)))
        .map(
            folder ->
                GateCheck.of(
                    config,
                    new GateCheck.Question(
                        Optional.empty(),
                        Optional.of(name),
                        false,
                        Optional.empty(),
                        Optional.empty()),
                    new StopSignal(),
                    (done, total, words) -> {}));
  }

  /** The page that an evaluation wrote. */
  public Optional<Path> report(String name) {
    return folder(name)
        .map(folder -> folder.resolve(EvaluationReport.FILE))
        .filter(Files::isRegularFile);
  }

  /** The program's log of the time in which {@code run} was worked on, at most its last lines. */
  public List<String> log(RunView run, int most) {
    String started = run.started();
    if (started == null) {
      return List.of();
    }
    Path file = Workspace.of(config.model()).jobs().resolve("pipeline.log");
    return LogTail.of(file, started, run.ended(), most);
  }

  /** Names of the runs that were evaluated, in no order. */
  public List<String> evaluated() {
    return folders().stream()
        .filter(name -> Files.isRegularFile(runs.resolve(name).resolve(EvaluationFiles.EVALUATION)))
        .toList();
  }

  private RunView view(ExecutionView execution) {
    String name = execution.key();
    return new RunView(
        name,
        execution.job(),
        execution.after(),
        execution.state(),
        execution.id(),
        execution.started(),
        execution.ended(),
        manifest(name).map(RunManifest::summary).orElse(null),
        execution.error(),
        execution.ended() == null ? pace(name).orElse(null) : null,
        execution.config(),
        execution.overrides(),
        execution.steps());
  }

  private Optional<RunView> forgotten(String name) {
    return manifest(name)
        .map(
            done ->
                new RunView(
                    name,
                    done.job(),
                    null,
                    "done",
                    null,
                    null,
                    null,
                    done.summary(),
                    null,
                    null,
                    null,
                    List.of(),
                    List.of()));
  }

  private Optional<TrainingPace> pace(String name) {
    return ingredients(name).entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("settings "))
        .map(entry -> Json.parse(entry.getValue(), JsonNode.class, entry.getKey()))
        .filter(settings -> settings.path("num_epochs").isNumber())
        .findFirst()
        .flatMap(settings -> TrainingPace.of(metrics(name), settings.path("num_epochs").asInt()));
  }

  /** Nothing but a run's own folder, whatever the name is. */
  private Optional<Path> folder(String name) {
    return NAME.matcher(name).matches()
        ? Optional.of(runs.resolve(name)).filter(Files::isDirectory)
        : Optional.empty();
  }

  private List<String> folders() {
    return Folders.names(runs, NAME);
  }
}

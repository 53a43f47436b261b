package dev.pipeline.jobs;

import dev.pipeline.chat.ChatModel;
import dev.pipeline.config.EvaluateConfig;
import dev.pipeline.config.ModelParts;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.EvaluationFiles;
import dev.pipeline.evaluate.Judgement;
import dev.pipeline.evaluate.gate.Verdict;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.batch.core.step.Step;

/**
 * The staged file that would be served answers the hold-out, beside the base model and, where
 * training went on from a fine-tuned model, beside that one.
 */
final class EvaluateJob implements PipelineJob {
  private static final String NAME = "evaluate";

  private final Road road;

  /**
   * Evaluates what {@code road} leads to. After two trainings, this job stands in the chain once
   * before, for the first alone, and takes over what came out then.
   */
  EvaluateJob(Road road) {
    this.road = road;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<Road> road() {
    return Optional.of(road);
  }

  @Override
  public List<String> needs() {
    List<String> needs = new ArrayList<>(List.of("mine", "curate", "baseline", "package"));
    needs.addAll(road.trainers());
    if (startsFromTuned()) {
      needs.add("preferences");
      needs.add(NAME);
    }
    return needs;
  }

  @Override
  public List<Record> settings(PipelineConfig config) {
    return List.of(
        config.evaluate(),
        ModelParts.ForServing.of(config.model()),
        ModelParts.ForTraining.of(config.model()));
  }

  @Override
  public Map<String, Path> reads(PipelineConfig config) {
    EvaluateConfig evaluate = config.evaluate();
    Map<String, Path> files = new TreeMap<>();
    files.put("gate", evaluate.gate());
    files.put("red team", evaluate.redTeam());
    files.put("negotiation tasks", evaluate.negotiationTasks());
    files.put("general texts", evaluate.generalTexts());
    evaluate.canaries().ifPresent(file -> files.put("canaries", file));
    evaluate.toxicityClassifier().ifPresent(folder -> files.put("toxicity classifier", folder));
    return files;
  }

  @Override
  public List<Step> steps(JobSteps steps, RunContext run) {
    return List.of(
        steps.recipe("judge", () -> judge(run)),
        steps.recipe(
            "report", () -> EvaluationReport.write(run, road, verdict(run, run.folder()))));
  }

  @Override
  public Optional<Tracked> tracked() {
    return Optional.of(
        new Tracked(
            EvaluateJob::figures, List.of(EvaluationReport.FILE, EvaluationFiles.EVALUATION)));
  }

  /** Scores of the file that would be served, and whether the gate lets it through. */
  private static Map<String, Object> figures(RunContext run) {
    Map<String, Object> figures = new TreeMap<>();
    Judgement tuned = EvaluationFiles.read(run.folder()).tuned();
    tuned.metrics().forEach((name, score) -> figures.put(name, score.value()));
    tuned
        .suites()
        .forEach(
            suite -> suite.metrics().forEach((name, score) -> figures.put(name, score.value())));
    figures.put("gate_passed", verdict(run, run.folder()).pass());
    return figures;
  }

  @Override
  public Outcome outcome(RunContext run) {
    Verdict verdict = verdict(run, run.folder());
    Path report = run.folder().resolve(EvaluationReport.FILE);
    String summary =
        verdict.pass() ? "gate passed" : "gate FAILED: " + String.join("; ", verdict.reasons());
    return new Outcome(
        (startsFromTuned() ? "after " + label(run) + ", " : "") + summary + " -> " + report,
        Map.of(
            "evaluation",
            run.folder().resolve(EvaluationFiles.EVALUATION),
            "answers",
            run.folder().resolve(EvaluationFiles.ANSWERS),
            "suites",
            run.folder().resolve(EvaluationFiles.SUITES),
            "report",
            report));
  }

  /** What the gate says of the evaluation in {@code folder}. */
  static Verdict verdict(RunContext run, Path folder) {
    return Gates.read(run.config().evaluate().gate()).judge(EvaluationFiles.read(folder));
  }

  private boolean startsFromTuned() {
    return road.trainers().size() > 1;
  }

  private String label(RunContext run) {
    return TrainingRecord.label(run.config(), road.trainer());
  }

  private void judge(RunContext run) {
    try (ChatModel chat = BaseChat.open(run.config().model());
        ToxicityModel toxicity =
            ToxicityModel.open(run.config().evaluate(), run.config().model())) {
      Judging judging = Judging.of(run, chat, toxicity.inspector());
      Path baseFile = run.output("baseline", BaselineJob.GGUF);
      Optional<Evaluation> earlier =
          startsFromTuned() ? Optional.of(earlier(run, judging, baseFile)) : Optional.empty();
      Judgement base =
          earlier.map(Evaluation::base).orElseGet(() -> judging.judge("base", baseFile));
      Judgement tuned =
          judging.judge(run.config().model().modelName(), run.output("package", PackageJob.SERVED));
      EvaluationFiles.write(
          run.folder(),
          judging.evaluator().compare(judging.rows(), base, earlier.map(Evaluation::tuned), tuned));
    }
  }

  /** The evaluation before this one, if it asked the same rows of the same base. */
  private static Evaluation earlier(RunContext run, Judging judging, Path base) {
    Path folder = RunFiles.folderOf(run.output(NAME, "evaluation"));
    Evaluation evaluation = EvaluationFiles.read(folder);
    if (!evaluation.rows().equals(judging.rows())
        || !evaluation.base().model().sha256().equals(Hashes.sha256(base))) {
      throw Failure.refused(
          "the evaluation in " + folder + " is of another base or hold-out",
          "remove that folder and run the same command again");
    }
    return evaluation;
  }
}

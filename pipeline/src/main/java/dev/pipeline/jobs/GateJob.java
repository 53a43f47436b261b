package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.EvaluationFiles;
import dev.pipeline.evaluate.gate.Baseline;
import dev.pipeline.evaluate.gate.JUnitFile;
import dev.pipeline.evaluate.gate.MarkdownFile;
import dev.pipeline.evaluate.gate.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.batch.core.step.Step;

/**
 * The gate as retraining sees it: what was just evaluated is held against what is released, too, so
 * that a month's data cannot make the model worse. Nobody can override it.
 */
final class GateJob implements PipelineJob {
  static final String NAME = "gate";

  private static final String JUNIT = "gate.xml";
  private static final String MARKDOWN = "gate.md";

  private final Optional<Former> former;

  /** The release that serves, and the folder of its evaluation. */
  record Former(int version, Path evaluation) {}

  /** A gate; without a {@code former} release it says what the evaluation's own does. */
  GateJob(Optional<Former> former) {
    this.former = former;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> needs() {
    return List.of("evaluate");
  }

  @Override
  public List<Record> settings(PipelineConfig config) {
    return List.of();
  }

  @Override
  public Map<String, Path> reads(PipelineConfig config) {
    Map<String, Path> files = new TreeMap<>(Map.of("gate", config.evaluate().gate()));
    former.ifPresent(
        known -> files.put("former", known.evaluation().resolve(EvaluationFiles.EVALUATION)));
    return files;
  }

  @Override
  public List<Step> steps(JobSteps steps, RunContext run) {
    return List.of(steps.recipe("judge", () -> judge(run)));
  }

  @Override
  public Optional<Tracked> tracked() {
    return Optional.of(new Tracked(run -> Map.of("gate_passed", true), List.of(JUNIT, MARKDOWN)));
  }

  @Override
  public Outcome outcome(RunContext run) {
    return new Outcome(
        "passed, compared with "
            + against(run).orElse("the base alone: nothing was released before")
            + " -> "
            + run.folder().resolve(MARKDOWN),
        Map.of("junit", run.folder().resolve(JUNIT), "markdown", run.folder().resolve(MARKDOWN)));
  }

  private void judge(RunContext run) {
    Path folder = evaluation(run);
    Evaluation evaluation = EvaluationFiles.read(folder);
    Optional<Baseline> released =
        other(run)
            .map(
                known ->
                    new Baseline(called(known), EvaluationFiles.read(known.evaluation()).tuned()));
    Verdict verdict =
        Gates.read(run.config().evaluate().gate())
            .judge(evaluation, released.or(() -> Baseline.start(evaluation)));
    String subject = String.valueOf(folder.getFileName());
    JUnitFile.write(run.folder().resolve(JUNIT), subject, verdict);
    MarkdownFile.write(run.folder().resolve(MARKDOWN), subject, against(run), verdict);
    verdict.orThrow(run.folder().resolve(MARKDOWN).toString());
  }

  private Optional<String> against(RunContext run) {
    return other(run)
        .map(GateJob::called)
        .or(
            () ->
                EvaluationFiles.read(evaluation(run))
                    .start()
                    .map(start -> "SFT, which training started from; nothing was released before"));
  }

  /** The released model, unless it is this one. */
  private Optional<Former> other(RunContext run) {
    Path folder = evaluation(run);
    return former.filter(known -> !known.evaluation().toAbsolutePath().equals(folder));
  }

  private static Path evaluation(RunContext run) {
    return RunFiles.folderOf(run.output("evaluate", "evaluation"));
  }

  private static String called(Former former) {
    return "release " + former.version();
  }
}

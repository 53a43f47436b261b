package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.EvaluationFiles;
import dev.pipeline.evaluate.Judgement;
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

  private final Optional<Path> former;

  /**
   * A gate.
   *
   * @param former folder of the evaluation of the released model; empty where there is none
   */
  GateJob(Optional<Path> former) {
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
    former.ifPresent(folder -> files.put("former", folder.resolve(EvaluationFiles.EVALUATION)));
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
        "passed, "
            + against(run)
                .map(name -> "compared with the released " + name)
                .orElse("with no other release to compare with")
            + " -> "
            + run.folder().resolve(MARKDOWN),
        Map.of("junit", run.folder().resolve(JUNIT), "markdown", run.folder().resolve(MARKDOWN)));
  }

  private void judge(RunContext run) {
    Path folder = RunFiles.folderOf(run.output("evaluate", "evaluation"));
    Evaluation evaluation = EvaluationFiles.read(folder);
    Optional<Judgement> released = other(run).map(known -> EvaluationFiles.read(known).tuned());
    Verdict verdict =
        Gates.read(run.config().evaluate().gate())
            .judge(evaluation, released.or(evaluation::start));
    String subject = String.valueOf(folder.getFileName());
    JUnitFile.write(run.folder().resolve(JUNIT), subject, verdict);
    MarkdownFile.write(run.folder().resolve(MARKDOWN), subject, against(run), verdict);
    verdict.orThrow();
  }

  private Optional<String> against(RunContext run) {
    return other(run).map(folder -> String.valueOf(folder.getFileName()));
  }

  /** The released model, unless it is this one. */
  private Optional<Path> other(RunContext run) {
    Path folder = RunFiles.folderOf(run.output("evaluate", "evaluation"));
    return former.filter(known -> !known.toAbsolutePath().equals(folder));
  }
}

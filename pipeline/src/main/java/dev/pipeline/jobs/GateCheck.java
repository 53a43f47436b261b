package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.EvaluationFiles;
import dev.pipeline.evaluate.gate.JUnitFile;
import dev.pipeline.evaluate.gate.MarkdownFile;
import dev.pipeline.evaluate.gate.Verdict;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A gate's word on a run that was evaluated before, for people and for CI.
 *
 * @param run folder of the judged run
 * @param ofBase whether its base was judged in place of its tuned model
 * @param baseline what it is compared with, for people
 */
public record GateCheck(Path run, boolean ofBase, Optional<String> baseline, Verdict verdict) {
  /**
   * Judges a run of the model of {@code config}.
   *
   * @param gate the bounds
   * @param run a folder or how a run's name begins; the run evaluated last where it is empty
   * @param ofBase whether to judge its base, as though that were to be released
   * @param baseline likewise; regressions are judged against it, or where it is empty against the
   *     model that training started from
   */
  public static GateCheck of(
      PipelineConfig config,
      Path gate,
      Optional<String> run,
      boolean ofBase,
      Optional<String> baseline) {
    EvaluatedRuns runs = new EvaluatedRuns(Workspace.of(config.model()));
    Path judged = run.map(runs::named).orElseGet(runs::latest);
    Optional<Path> before = baseline.map(runs::named);
    if (before.filter(judged::equals).isPresent()) {
      throw Failure.usage(
          "the run " + name(judged) + " would be its own baseline, and regress in nothing",
          "name the judged one with --run, or another --baseline");
    }
    Evaluation evaluation = ofBase ? read(judged).ofBase() : read(judged);
    Verdict verdict =
        Gates.read(gate)
            .judge(evaluation, before.map(folder -> read(folder).tuned()).or(evaluation::start));
    return new GateCheck(
        judged, ofBase, before.map(GateCheck::name).or(() -> start(evaluation)), verdict);
  }

  /** Writes JUnit XML and Markdown for the page of a CI run. */
  public void write(Path junit, Path markdown) {
    JUnitFile.write(junit, subject(), verdict);
    MarkdownFile.write(markdown, subject(), baseline, verdict);
  }

  /** What was judged. */
  public String subject() {
    return (ofBase ? "the base of " : "") + name(run);
  }

  /** What people call the run in {@code folder}. */
  public static String name(Path folder) {
    return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
  }

  private static Optional<String> start(Evaluation evaluation) {
    return evaluation
        .start()
        .map(start -> "the model it was trained from, " + start.model().sha256().substring(0, 16));
  }

  /** For CI a damaged evaluation is no verdict, but something that broke. */
  private static Evaluation read(Path folder) {
    Path file = folder.resolve(EvaluationFiles.EVALUATION);
    if (RunManifest.noted(folder, "evaluation")
        .filter(digest -> !digest.equals(Digests.of(file)))
        .isPresent()) {
      throw Failure.infrastructure(
          file + " is not what the run wrote: its digest differs from manifest.json's",
          "restore it, or run pipeline run evaluate again",
          null);
    }
    try {
      return EvaluationFiles.read(folder);
    } catch (Failure failure) {
      throw failure.exitCode() == ExitCode.REFUSED
          ? Failure.infrastructure(failure.reason(), failure.fix(), failure)
          : failure;
    }
  }
}

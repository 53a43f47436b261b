package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.EvaluationFiles;
import dev.pipeline.evaluate.gate.Baseline;
import dev.pipeline.evaluate.gate.JUnitFile;
import dev.pipeline.evaluate.gate.MarkdownFile;
import dev.pipeline.evaluate.gate.Verdict;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Progress;
import dev.pipeline.io.StopSignal;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A gate's word on a run that was evaluated before, for people and for CI.
 *
 * @param folder of the evaluation that was judged
 * @param subject what was judged, for people
 * @param baseline what it is compared with, for people
 */
public record GateCheck(Path folder, String subject, Optional<String> baseline, Verdict verdict) {
  /**
   * What to judge.
   *
   * @param gate the bounds; the configured ones where it is empty
   * @param run a folder or how a run's name begins; the run evaluated last where it is empty
   * @param ofBase whether to judge its base, as though that were to be released
   * @param gguf a file to judge instead, as though it were to be released; asked anew
   * @param baseline a run; regressions are judged against it, or where it is empty against the
   *     model that training started from
   */
  public record Question(
      Optional<Path> gate,
      Optional<String> run,
      boolean ofBase,
      Optional<Path> gguf,
      Optional<String> baseline) {}

  /** Judges what {@code question} names among the runs of the model of {@code config}. */
  public static GateCheck of(
      PipelineConfig config, Question question, StopSignal stop, Progress progress) {
    EvaluatedRuns runs = new EvaluatedRuns(config.model());
    Path run = question.run().map(runs::named).orElseGet(runs::latest);
    Optional<Path> before = question.baseline().map(runs::named);
    if (before.filter(run::equals).isPresent() && question.gguf().isEmpty()) {
      throw Failure.usage(
          "the run " + name(run) + " would be its own baseline, and regress in nothing",
          "name the judged one with --run, or another --baseline");
    }
    Evaluation evaluation = read(run);
    Path folder =
        question.gguf().map(gguf -> OtherFile.judge(config, run, gguf, stop, progress)).orElse(run);
    Evaluation judged = question.ofBase() ? evaluation.ofBase() : read(folder);
    Verdict verdict =
        Gates.read(question.gate().orElse(config.evaluate().gate()))
            .judge(judged, before.map(GateCheck::baseline).or(() -> Baseline.start(judged)));
    return new GateCheck(
        folder,
        subject(question, run),
        before.map(GateCheck::name).or(() -> start(judged)),
        verdict);
  }

  /** Writes JUnit XML and Markdown for the page of a CI run. */
  public void write(Path junit, Path markdown) {
    JUnitFile.write(junit, subject, verdict);
    MarkdownFile.write(markdown, subject, baseline, verdict);
  }

  private static String subject(Question question, Path run) {
    if (question.ofBase()) {
      return "the base of " + name(run);
    }
    return question.gguf().map(gguf -> gguf + " in the place of ").orElse("") + name(run);
  }

  /** What people call the run in {@code folder}. */
  private static String name(Path folder) {
    return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
  }

  private static Baseline baseline(Path folder) {
    return new Baseline("run " + name(folder), read(folder).tuned());
  }

  private static Optional<String> start(Evaluation evaluation) {
    return evaluation
        .start()
        .map(
            start ->
                "SFT, the model it was trained from, " + start.model().sha256().substring(0, 16));
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

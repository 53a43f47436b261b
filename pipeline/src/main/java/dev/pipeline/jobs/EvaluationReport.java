package dev.pipeline.jobs;

import dev.pipeline.config.DpoConfig.Loss;
import dev.pipeline.config.EvaluateConfig;
import dev.pipeline.data.curate.DatasetManifest;
import dev.pipeline.evaluate.EvaluationFiles;
import dev.pipeline.evaluate.gate.Verdict;
import dev.pipeline.evaluate.report.HeldOutPairs;
import dev.pipeline.evaluate.report.Report;
import dev.pipeline.evaluate.report.RunFacts;
import dev.pipeline.evaluate.report.Training;
import dev.pipeline.evaluate.report.TrainingLog;
import dev.pipeline.io.Hashes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** The page over an evaluation, with what its run was made of. */
final class EvaluationReport {
  static final String FILE = "report.html";

  private EvaluationReport() {}

  /**
   * Writes it into the run's folder.
   *
   * @param trainers the jobs that trained, one after the other
   */
  static void write(RunContext run, List<String> trainers, Verdict verdict) {
    Path trained = RunFiles.folderOf(run.output(trainers.get(trainers.size() - 1), SftJob.ADAPTER));
    new Report(run.config().evaluate().reportSamples())
        .write(
            run.folder().resolve(FILE),
            facts(run, trainers),
            EvaluationFiles.read(run.folder()),
            verdict,
            new Training(TrainingLog.read(trained.resolve(SftJob.METRICS)), pairs(trained)));
  }

  private static RunFacts facts(RunContext run, List<String> trainers) {
    Path dataset = run.output("curate", CurateJob.DATASET);
    Path manifestFile = dataset.resolve(DatasetManifest.FILE);
    TreeMap<String, Long> counts = new TreeMap<>();
    RunFiles.read(manifestFile, DatasetManifest.class)
        .counts()
        .forEach((part, count) -> counts.put(part, count.longValue()));
    TreeMap<String, String> digests = new TreeMap<>();
    for (String trainer : trainers) {
      digests.put("Adapter, " + label(run, trainer), run.digest(trainer, SftJob.ADAPTER));
    }
    EvaluateConfig evaluate = run.config().evaluate();
    evaluate
        .toxicityClassifier()
        .ifPresent(
            folder ->
                digests.put(
                    "Toxicity classifier %s, from %s"
                        .formatted(folder.getFileName(), evaluate.toxicityThreshold()),
                    Digests.of(folder)));
    digests.put("Dataset manifest", Hashes.sha256(manifestFile));
    return new RunFacts(
        run.config().model().modelName(),
        trainers.stream().map(trainer -> label(run, trainer)).toList(),
        run.config().curate().datasetName(),
        String.valueOf(dataset.getFileName()),
        counts,
        digests);
  }

  /** What people call a model after that training. */
  static String label(RunContext run, String trainer) {
    Loss loss = run.config().dpo().rl();
    // One of the two variants of DPO has a name of its own as a setting only.
    boolean named = trainer.equals("dpo") && loss != Loss.SIGMOID_NORM;
    return named ? loss.name() : trainer.toUpperCase(Locale.ROOT);
  }

  private static Optional<HeldOutPairs> pairs(Path trained) {
    Path file = trained.resolve(DpoJob.HELD_OUT);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    PairReport report = RunFiles.read(file, PairReport.class);
    return Optional.of(
        HeldOutPairs.of(
            report.pairs(),
            report.accuracy(),
            report.matched(),
            report.matchedAccuracy(),
            report.bySource(),
            report.margin()));
  }
}

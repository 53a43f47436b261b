package dev.pipeline.jobs;

import dev.pipeline.config.EvaluateConfig;
import dev.pipeline.data.curate.DatasetManifest;
import dev.pipeline.data.curate.DatasetWriter;
import dev.pipeline.evaluate.EvaluationFiles;
import dev.pipeline.evaluate.gate.Verdict;
import dev.pipeline.evaluate.report.HeldOutPairs;
import dev.pipeline.evaluate.report.Report;
import dev.pipeline.evaluate.report.RunFacts;
import dev.pipeline.evaluate.report.Training;
import dev.pipeline.evaluate.report.TrainingLog;
import dev.pipeline.io.Hashes;
import dev.pipeline.release.PreferenceTraining;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The page over an evaluation, with what its run was made of. */
final class EvaluationReport {
  static final String FILE = "report.html";

  private EvaluationReport() {}

  /**
   * Writes it into the run's folder.
   *
   * @param road what led to the model
   */
  static void write(RunContext run, Road road, Verdict verdict) {
    Path trained = RunFiles.folderOf(run.output(road.trainer(), SftJob.ADAPTER));
    new Report(run.config().evaluate().reportSamples())
        .write(
            run.folder().resolve(FILE),
            facts(run, road),
            EvaluationFiles.read(run.folder()),
            verdict,
            new Training(TrainingLog.read(trained.resolve(SftJob.METRICS)), pairs(trained)),
            Quantisations.table(run.output("package", PackageJob.STAGED)));
  }

  private static RunFacts facts(RunContext run, Road road) {
    Path dataset = run.output("curate", CurateJob.DATASET);
    DatasetManifest manifest = DatasetWriter.manifest(dataset);
    TreeMap<String, Long> counts = new TreeMap<>();
    manifest.counts().forEach((part, count) -> counts.put(part, count.longValue()));
    return new RunFacts(
        run.config().model().modelName(),
        road.trainers().stream()
            .map(trainer -> TrainingRecord.label(run.config(), trainer))
            .toList(),
        run.config().curate().datasetName(),
        String.valueOf(dataset.getFileName()),
        counts,
        preferences(TrainingRecord.of(run, road).preferences()),
        digests(run, road, dataset),
        manifest.warning());
  }

  private static SortedMap<String, String> preferences(@Nullable PreferenceTraining training) {
    TreeMap<String, String> facts = new TreeMap<>();
    if (training != null) {
      facts.put("Preference loss", training.loss());
      facts.put("Preference beta", String.valueOf(training.beta()));
      facts.put("Preference learning rate", String.valueOf(training.learningRate()));
      facts.put("Preference pairs", training.dataset() + " " + training.datasetVersion());
      training
          .datasetCounts()
          .forEach((part, count) -> facts.put("Preference pairs, " + part, count.toString()));
    }
    return facts;
  }

  private static SortedMap<String, String> digests(RunContext run, Road road, Path dataset) {
    TreeMap<String, String> digests = new TreeMap<>();
    for (String trainer : road.trainers()) {
      digests.put(
          "Adapter, " + TrainingRecord.label(run.config(), trainer),
          run.digest(trainer, SftJob.ADAPTER));
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
    digests.put("Dataset manifest", Hashes.sha256(dataset.resolve(DatasetManifest.FILE)));
    return digests;
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

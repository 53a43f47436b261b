package dev.pipeline.jobs;

import dev.pipeline.config.PackageConfig.ImportanceMatrix;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.curate.DatasetWriter;
import dev.pipeline.evaluate.quality.FileQuality;
import dev.pipeline.evaluate.quality.QualityTable;
import dev.pipeline.evaluate.quality.QuantisedFile;
import dev.pipeline.evaluate.quality.WeightedGain;
import dev.pipeline.evaluate.report.QuantisationTable;
import dev.pipeline.export.FileType;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The quantised files of a package while they are made: each type with or without an importance
 * matrix, or both ways until the better one is known.
 */
final class Quantisations {
  /** Beside the package, for it holds speeds, which no digest of the package may depend on. */
  static final String QUALITY = "quality.json";

  private static final String MATRIX = "importance_matrix";
  private static final String DIVERGENCE = "divergence";

  /** Of the file that was not kept. */
  private static final String OTHER = "divergence_other";

  private static final String CANDIDATES = "candidates";
  private static final int SHORT = 12;

  private final RunContext run;
  private final Path whole;

  /** The files of {@code run}, made of {@code whole}, an F16 GGUF. */
  Quantisations(RunContext run, Path whole) {
    this.run = run;
    this.whole = whole;
  }

  /** The types that {@code config} asks for, the one that is served first. */
  static List<FileType> types(PipelineConfig config) {
    return config.packaging().quantizations().stream().map(FileType::valueOf).toList();
  }

  /** Whether a type is made with and without an importance matrix. */
  static boolean bothWays(PipelineConfig config, FileType type) {
    return type.isWeighted() && config.packaging().importanceMatrix() == ImportanceMatrix.AUTO;
  }

  boolean needMatrix() {
    return types(run.config()).stream().anyMatch(this::madeWeighted);
  }

  boolean madePlain(FileType type) {
    return !madeWeighted(type) || bothWays(run.config(), type);
  }

  boolean madeWeighted(FileType type) {
    return type.isWeighted()
        && run.config().packaging().importanceMatrix() != ImportanceMatrix.NEVER;
  }

  boolean compared() {
    return run.config().packaging().qualityRows() > 0;
  }

  /** The importance matrix, under the name that a release gives it. */
  Path matrix() {
    return run.folder().resolve(run.config().model().modelName() + ".imatrix");
  }

  /** Computes the importance matrix on the rows that the model learned from. */
  void computeMatrix() {
    Path dataset = dataset();
    String version = String.valueOf(dataset.getFileName());
    new Importances(run.config(), run.stop(), run.progress())
        .write(
            whole,
            dataset.resolve(DatasetWriter.TRAIN),
            run.config().curate().datasetName()
                + " "
                + version.substring(0, Math.min(SHORT, version.length())),
            matrix());
  }

  /** A file of a type that may yet be chosen. */
  Path candidate(FileType type, boolean weighted) {
    return run.folder().resolve(CANDIDATES).resolve(type + (weighted ? "-weighted" : "") + ".gguf");
  }

  /** Compares all candidates with F16, for people and for {@link #weighted}. */
  void compare() {
    List<QuantisedFile> files = new ArrayList<>();
    for (FileType type : types(run.config())) {
      if (madePlain(type)) {
        files.add(new QuantisedFile(type.name(), false, candidate(type, false)));
      }
      if (madeWeighted(type)) {
        files.add(new QuantisedFile(type.name(), true, candidate(type, true)));
      }
    }
    QualityTable table =
        new HeldOutAnswers(run.config(), run.stop(), run.progress())
            .measure(
                whole,
                files,
                dataset().resolve(DatasetWriter.VALIDATION),
                run.config().packaging().qualityRows(),
                run.folder().resolve("logits"));
    AtomicFiles.writeString(run.folder().resolve("quality.md"), table.markdown());
    AtomicFiles.writeString(run.folder().resolve(QUALITY), Json.pretty(table));
  }

  /** Whether the file of that type that is packaged is the one with an importance matrix. */
  boolean weighted(FileType type) {
    if (!bothWays(run.config(), type)) {
      return madeWeighted(type);
    }
    return table().gain(type.name()).map(WeightedGain::beyondDoubt).orElse(false);
  }

  /** Moves the chosen file of a type to {@code target}. */
  void choose(FileType type, Path target) {
    Path chosen = candidate(type, weighted(type));
    try {
      if (Files.exists(chosen)) {
        Files.move(chosen, target, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(target, e);
    }
  }

  /** Deletes the files that were not chosen. */
  void tidy() {
    AtomicFiles.deleteRecursively(run.folder().resolve(CANDIDATES));
  }

  /** What the manifest of the package says of a type. */
  Map<String, Object> facts(FileType type) {
    Map<String, Object> facts = new TreeMap<>();
    facts.put(MATRIX, weighted(type));
    divergence(type, weighted(type)).ifPresent(value -> facts.put(DIVERGENCE, value));
    if (bothWays(run.config(), type)) {
      divergence(type, !weighted(type)).ifPresent(value -> facts.put(OTHER, value));
    }
    return facts;
  }

  /** A type in a line of people's: what was made of it, and how that was found. */
  String words(FileType type) {
    if (!weighted(type)) {
      return type.name();
    }
    String lowered =
        bothWays(run.config(), type)
            ? table()
                .gain(type.name())
                .map(
                    gain ->
                        String.format(
                            Locale.ROOT, ", KLD %.0f %% lower", 100 * gain.lowered().value()))
                .orElse("")
            : "";
    return type + " (importance matrix" + lowered + ")";
  }

  private Optional<Double> divergence(FileType type, boolean weighted) {
    return compared()
        ? table().file(type.name(), weighted).map(FileQuality::divergence).map(it -> it.value())
        : Optional.empty();
  }

  /**
   * What was measured of the files of a finished package, where it was.
   *
   * @param staged the package
   */
  static Optional<QuantisationTable> table(Path staged) {
    Path quality = RunFiles.folderOf(staged).resolve(QUALITY);
    if (!Files.exists(quality)) {
      return Optional.empty();
    }
    Map<String, Boolean> weighted = new TreeMap<>();
    factsOf(staged)
        .properties()
        .forEach(type -> weighted.put(type.getKey(), type.getValue().path(MATRIX).asBoolean()));
    return Optional.of(QuantisationTable.of(RunFiles.read(quality, QualityTable.class), weighted));
  }

  /** How the served file of a finished package was quantised, in a phrase. */
  static String served(PipelineConfig config, Path staged) {
    FileType type = types(config).get(0);
    JsonNode facts = factsOf(staged).path(type.name());
    boolean weighted = facts.path(MATRIX).asBoolean();
    String words = type + (weighted ? " with importance matrix" : "");
    if (facts.has(DIVERGENCE)) {
      words += String.format(Locale.ROOT, ", KLD %.5f", facts.path(DIVERGENCE).asDouble());
    }
    if (facts.has(OTHER)) {
      words +=
          String.format(
              Locale.ROOT,
              " (%.5f %s)",
              facts.path(OTHER).asDouble(),
              weighted ? "without" : "with importance matrix");
    }
    return words;
  }

  private static JsonNode factsOf(Path staged) {
    return RunFiles.read(staged.resolve(PackageJob.MANIFEST), JsonNode.class)
        .path(PackageJob.QUANTISATIONS);
  }

  private QualityTable table() {
    return RunFiles.read(run.folder().resolve(QUALITY), QualityTable.class);
  }

  private Path dataset() {
    return run.output("curate", CurateJob.DATASET);
  }
}

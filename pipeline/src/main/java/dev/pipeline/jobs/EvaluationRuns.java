package dev.pipeline.jobs;

import dev.pipeline.config.ModelConfig;
import dev.pipeline.data.curate.DatasetManifest;
import dev.pipeline.evaluate.EvaluationFiles;
import dev.pipeline.evaluate.review.ReviewKey.DatasetReference;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what evaluations of a model left behind. */
public final class EvaluationRuns {
  /** How a run's ingredients call the dataset; see {@link RunKey}. */
  private static final String DATASET = "output curate " + CurateJob.DATASET;

  private EvaluationRuns() {}

  /**
   * The folder of an evaluation.
   *
   * @param run the name of its folder, or how that begins; null means the newest
   */
  public static Path find(ModelConfig model, @Nullable String run) {
    Path runs = Workspace.of(model).model().resolve("runs");
    List<Path> found =
        folders(runs).stream()
            .filter(folder -> Files.exists(folder.resolve(EvaluationFiles.EVALUATION)))
            .filter(folder -> run == null || nameOf(folder).startsWith(run))
            .toList();
    if (found.isEmpty()) {
      throw Failure.usage(
          run == null
              ? "no evaluation of " + model.modelName() + " lies in " + runs
              : "there is no evaluation " + run + " in " + runs,
          run == null ? "run pipeline run evaluate first" : "name one of the folders there");
    }
    if (run != null && found.size() > 1) {
      throw Failure.usage(
          found.size() + " evaluations in " + runs + " begin with " + run, "give more digits");
    }
    return found.stream().max(Comparator.comparing(EvaluationRuns::writtenAt)).orElseThrow();
  }

  /** The dataset version whose hold-out the evaluation in {@code folder} asked, if it is there. */
  public static Optional<DatasetReference> dataset(Path folder) {
    Path ingredients = folder.resolve(Launcher.INGREDIENTS);
    if (!Files.exists(ingredients)) {
      return Optional.empty();
    }
    Object digest = RunFiles.read(ingredients, Map.class).get(DATASET);
    return folders(RunFiles.folderOf(folder)).stream()
        .map(run -> run.resolve("manifest.json"))
        .filter(Files::exists)
        .map(file -> RunFiles.read(file, RunManifest.class))
        .map(manifest -> manifest.outputs().get(CurateJob.DATASET))
        .filter(output -> output != null && output.sha256().equals(digest))
        .map(output -> Path.of(output.path()))
        .filter(dataset -> Files.exists(dataset.resolve(DatasetManifest.FILE)))
        .map(
            dataset ->
                new DatasetReference(
                    dataset.toString(), Hashes.sha256(dataset.resolve(DatasetManifest.FILE))))
        .findFirst();
  }

  private static List<Path> folders(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw Failure.infrastructure("cannot list " + parent, "check its permissions", e);
    }
  }

  private static String nameOf(Path folder) {
    return String.valueOf(folder.getFileName());
  }

  private static long writtenAt(Path folder) {
    return folder.resolve(EvaluationFiles.EVALUATION).toFile().lastModified();
  }
}

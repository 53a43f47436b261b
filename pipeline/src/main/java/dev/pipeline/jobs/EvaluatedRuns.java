package dev.pipeline.jobs;

import dev.pipeline.config.ModelConfig;
import dev.pipeline.data.curate.DatasetManifest;
import dev.pipeline.evaluate.EvaluationFiles;
import dev.pipeline.evaluate.review.ReviewKey.DatasetReference;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The runs of a model that were evaluated, as people name them. */
public final class EvaluatedRuns {
  private static final String FIX = "pipeline run evaluate makes one";

  private final Path runs;

  /** Those of {@code model}. */
  public EvaluatedRuns(ModelConfig model) {
    this.runs = Workspace.of(model).runs();
  }

  /** The folder of the run called {@code name}: a folder itself, or how a run's name begins. */
  public Path named(String name) {
    Path folder = Path.of(name);
    if (isEvaluated(folder)) {
      return folder;
    }
    List<Path> all = all();
    List<Path> found = all.stream().filter(run -> nameOf(run).startsWith(name)).toList();
    if (found.size() != 1) {
      throw Failure.usage(
          "%s called \"%s\" in %s"
              .formatted(
                  found.isEmpty() ? "no evaluated run" : found.size() + " evaluated runs",
                  name,
                  runs),
          all.isEmpty() ? FIX : "name one of " + names(found.isEmpty() ? all : found));
    }
    return found.get(0);
  }

  /** The folder of the run that was evaluated last. */
  public Path latest() {
    return last().orElseThrow(() -> Failure.usage("no evaluated run in " + runs, FIX));
  }

  /** The same, if there is one. */
  Optional<Path> last() {
    return all().stream()
        .max(Comparator.comparing(EvaluatedRuns::time).thenComparing(Comparator.naturalOrder()));
  }

  /** The dataset version whose hold-out the evaluation in {@code folder} asked, if it is there. */
  public static Optional<DatasetReference> dataset(Path folder) {
    return Optional.ofNullable(FinishedRun.needs(folder).get("curate"))
        .map(manifest -> Path.of(manifest.output(CurateJob.DATASET).path()))
        .map(
            dataset ->
                new DatasetReference(
                    dataset.toString(), Hashes.sha256(dataset.resolve(DatasetManifest.FILE))));
  }

  private List<Path> all() {
    if (!Files.isDirectory(runs)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(runs)) {
      return folders.filter(EvaluatedRuns::isEvaluated).sorted().toList();
    } catch (IOException e) {
      throw unreadable(runs, e);
    }
  }

  private static String names(List<Path> folders) {
    return folders.stream().map(EvaluatedRuns::nameOf).collect(Collectors.joining(", "));
  }

  private static String nameOf(Path folder) {
    return String.valueOf(folder.getFileName());
  }

  private static boolean isEvaluated(Path folder) {
    return Files.isRegularFile(folder.resolve(EvaluationFiles.EVALUATION));
  }

  /** When the evaluation in {@code folder} was written. */
  static FileTime time(Path folder) {
    try {
      return Files.getLastModifiedTime(folder.resolve(EvaluationFiles.EVALUATION));
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static Failure unreadable(Path folder, IOException e) {
    return Failure.infrastructure(
        "cannot read " + folder + ": " + Reason.of(e), "check its permissions", e);
  }
}

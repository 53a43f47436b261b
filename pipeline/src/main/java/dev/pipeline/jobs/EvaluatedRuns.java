package dev.pipeline.jobs;

import dev.pipeline.evaluate.EvaluationFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The runs of a model that were evaluated, as people name them. */
final class EvaluatedRuns {
  private static final String FIX = "pipeline run evaluate makes one";

  private final Path runs;

  EvaluatedRuns(Workspace workspace) {
    this.runs = workspace.model().resolve("runs");
  }

  /** The folder of the run called {@code name}: a folder itself, or how a run's name begins. */
  Path named(String name) {
    Path folder = Path.of(name);
    if (isEvaluated(folder)) {
      return folder;
    }
    List<Path> found =
        all().stream().filter(run -> String.valueOf(run.getFileName()).startsWith(name)).toList();
    if (found.size() != 1) {
      throw Failure.usage(
          (found.isEmpty() ? "no evaluated run" : found.size() + " evaluated runs")
              + " called \""
              + name
              + "\" in "
              + runs,
          found.isEmpty() ? FIX : "write more of its name");
    }
    return found.get(0);
  }

  /** The folder of the run that was evaluated last. */
  Path latest() {
    return all().stream()
        .max(Comparator.comparing(EvaluatedRuns::time).thenComparing(Comparator.naturalOrder()))
        .orElseThrow(() -> Failure.usage("no evaluated run in " + runs, FIX));
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

  private static boolean isEvaluated(Path folder) {
    return Files.isRegularFile(folder.resolve(EvaluationFiles.EVALUATION));
  }

  private static FileTime time(Path folder) {
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

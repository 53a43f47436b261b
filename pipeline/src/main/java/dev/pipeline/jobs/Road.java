package dev.pipeline.jobs;

import dev.pipeline.evaluate.EvaluationFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A way from data to a released model. The jobs behind the training stand on each of them. */
public enum Road {
  /** Fine-tuning alone. */
  SFT,
  /** Fine-tuning, then learning from preferences. */
  DPO;

  /** The jobs that train, one after the other. */
  List<String> trainers() {
    return this == SFT ? List.of("sft") : List.of("sft", "dpo");
  }

  /** The job that makes the adapter of the model, and that means the whole road as a command. */
  String trainer() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The road of the model that was evaluated last; empty where none was. */
  static Optional<Road> evaluatedLast(Workspace workspace) {
    Path runs = workspace.model().resolve("runs");
    if (!Files.isDirectory(runs)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(runs)) {
      return folders
          .map(folder -> folder.resolve(EvaluationFiles.EVALUATION))
          .filter(Files::isRegularFile)
          .max(Comparator.comparing(Road::writtenAt).thenComparing(Comparator.naturalOrder()))
          .map(evaluation -> ofRun(RunFiles.folderOf(evaluation)));
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + runs + ": " + Reason.of(e), "check its permissions", e);
    }
  }

  private static long writtenAt(Path file) {
    return file.toFile().lastModified();
  }

  /** What an evaluation compares with is not enough: only its ingredients name every adapter. */
  private static Road ofRun(Path folder) {
    Path ingredients = folder.resolve(Launcher.INGREDIENTS);
    return Files.exists(ingredients)
            && RunFiles.read(ingredients, Map.class).containsKey("output dpo " + DpoJob.ADAPTER)
        ? DPO
        : SFT;
  }
}

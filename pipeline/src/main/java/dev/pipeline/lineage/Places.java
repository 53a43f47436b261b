package dev.pipeline.lineage;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Reason;
import dev.pipeline.jobs.PlanStores;
import dev.pipeline.jobs.Workspace;
import dev.pipeline.plan.PlanRecord;
import dev.pipeline.plan.PlanStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where things of one model lie.
 *
 * @param workspace its folders
 * @param rawFolders where raw files are looked for
 * @param modelName its name
 * @param plans what plan memory holds under an id
 */
record Places(
    Workspace workspace,
    List<Path> rawFolders,
    String modelName,
    Function<UUID, Optional<PlanRecord>> plans) {
  static Places of(PipelineConfig config) {
    List<Path> raw =
        Stream.of(
                Optional.of(config.mine().raw()),
                config.mine().feedbackRows().map(Places::folderOf),
                Optional.of(config.preferences().rawPreferences()),
                config.preferences().feedbackPairs().map(Places::folderOf))
            .flatMap(Optional::stream)
            .toList();
    return new Places(
        Workspace.of(config.model()),
        raw,
        config.model().modelName(),
        id -> {
          try (PlanStore plans = PlanStores.of(config)) {
            return plans.find(id);
          }
        });
  }

  /** Where the raw file called {@code name} lies; the first of several. */
  Optional<Path> raw(String name) {
    // The name comes from a manifest, and must not lead elsewhere.
    return Path.of(name).getNameCount() == 1 && !name.equals("..")
        ? rawFolders.stream()
            .map(folder -> folder.resolve(name))
            .filter(Files::isRegularFile)
            .findFirst()
        : Optional.empty();
  }

  /** The folders in {@code folder}, by name; none where it is not there. */
  static List<Path> folders(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot list " + folder + ": " + Reason.of(e), "check its permissions", e);
    }
  }

  private static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file : folder;
  }
}

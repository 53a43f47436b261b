package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Progress;
import dev.pipeline.io.Reason;
import dev.pipeline.io.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a finished run was made from, read back from its folder. */
final class FinishedRun {
  private FinishedRun() {}

  /**
   * The runs beside {@code folder} whose outputs went into the one there, by job; those that are
   * gone or no longer what they were are absent.
   */
  static Map<String, RunManifest> needs(Path folder) {
    Map<?, ?> ingredients = ingredients(folder);
    try (Stream<Path> siblings = Files.list(RunFiles.folderOf(folder))) {
      return siblings
          .sorted()
          .map(RunManifest::readIntact)
          .flatMap(Optional::stream)
          .filter(manifest -> wentInto(manifest, ingredients))
          .collect(Collectors.toMap(RunManifest::job, manifest -> manifest, (one, same) -> one));
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot list " + folder + ": " + Reason.of(e), "check its permissions", e);
    }
  }

  /** The road of the model that the run in {@code folder} is of; only ingredients tell. */
  static Road road(Path folder) {
    return ingredients(folder).containsKey(RunKey.output("dpo", DpoJob.ADAPTER))
        ? Road.DPO
        : Road.SFT;
  }

  /** SHA-256 of the evaluation that went into the run in {@code folder}, where one did. */
  static Optional<String> evaluationOf(Path folder) {
    return Optional.ofNullable(ingredients(folder).get(RunKey.output("evaluate", "evaluation")))
        .map(String::valueOf);
  }

  /**
   * The evaluation in {@code folder} as it ran, to ask another model the same.
   *
   * @throws Failure when {@code config} is not what it ran with, or its data are gone
   */
  static RunContext evaluation(
      PipelineConfig config, Path folder, StopSignal stop, Progress progress) {
    Map<?, ?> before = ingredients(folder);
    Map<String, String> own = PipelineRun.own(new EvaluateJob(Road.SFT), config);
    own.put("code", CodeVersion.current());
    List<String> changed =
        own.entrySet().stream()
            .filter(now -> !Objects.equals(before.get(now.getKey()), now.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (!changed.isEmpty()) {
      throw Failure.usage(
          "the run in " + folder + " was evaluated otherwise: " + String.join(", ", changed),
          "give its --settings and --set, or judge a run of pipeline run evaluate with these");
    }
    Map<String, RunManifest> needs = needs(folder);
    if (!needs.keySet().containsAll(List.of("mine", "curate"))) {
      throw Failure.refused(
          "the data that the run in " + folder + " was evaluated on are gone or changed",
          "run pipeline run evaluate, which makes them again");
    }
    return new RunContext(
        config,
        Workspace.of(config.model()),
        new RunKey("evaluate", String.valueOf(folder.getFileName())),
        folder,
        needs,
        Optional.empty(),
        stop,
        progress);
  }

  private static boolean wentInto(RunManifest manifest, Map<?, ?> ingredients) {
    return !manifest.outputs().isEmpty()
        && manifest.outputs().entrySet().stream()
            .allMatch(
                output ->
                    output
                        .getValue()
                        .sha256()
                        .equals(ingredients.get(RunKey.output(manifest.job(), output.getKey()))));
  }

  private static Map<?, ?> ingredients(Path folder) {
    Path file = folder.resolve(Launcher.INGREDIENTS);
    return Files.exists(file) ? RunFiles.read(file, TreeMap.class) : Map.of();
  }
}

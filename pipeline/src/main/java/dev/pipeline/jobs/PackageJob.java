package dev.pipeline.jobs;

import dev.pipeline.config.ModelParts;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.export.FileType;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import dev.pipeline.model.BaseModels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.batch.core.step.Step;

/**
 * Adapter and base become one model in the files it will be served from, staged and load-checked.
 */
final class PackageJob implements PipelineJob {
  static final String STAGED = "package";
  static final String SERVED = "served";

  private final Road road;

  /** Packages the adapter that {@code road} leads to. */
  PackageJob(Road road) {
    this.road = road;
  }

  @Override
  public String name() {
    return "package";
  }

  @Override
  public Optional<Road> road() {
    return Optional.of(road);
  }

  @Override
  public List<String> needs() {
    return List.of(road.trainer());
  }

  @Override
  public List<Record> settings(PipelineConfig config) {
    return List.of(config.packaging(), ModelParts.ForServing.of(config.model()));
  }

  @Override
  public Map<String, Path> reads(PipelineConfig config) {
    return Map.of("base", BaseModels.folder(config.model().baseModel()));
  }

  @Override
  public List<Step> steps(JobSteps steps, RunContext run) {
    Packaging packaging = new Packaging(run);
    Optional<Path> adapter = Optional.of(run.output(road.trainer(), SftJob.ADAPTER));
    String name = run.config().model().modelName();
    Path whole = file(run, FileType.F16);
    List<Step> all = new ArrayList<>();
    all.add(steps.recipe("merge", () -> packaging.convert(adapter, name, whole)));
    for (FileType type : types(run)) {
      all.add(
          steps.recipe("quantise " + type, () -> packaging.quantise(whole, file(run, type), type)));
      all.add(steps.recipe("check " + type, () -> packaging.check(file(run, type))));
    }
    all.add(steps.recipe("stage", () -> stage(run)));
    return all;
  }

  @Override
  public Outcome outcome(RunContext run) {
    return new Outcome(
        "F16, "
            + String.join(", ", run.config().packaging().quantizations())
            + " -> "
            + staged(run),
        Map.of(STAGED, staged(run), SERVED, file(run, types(run).get(0))));
  }

  /** The list of files and digests, last, so that its existence means completion. */
  private static void stage(RunContext run) {
    Map<String, String> digests = new TreeMap<>();
    digests.put(name(run, FileType.F16), Hashes.sha256(file(run, FileType.F16)));
    for (FileType type : types(run)) {
      digests.put(name(run, type), Hashes.sha256(file(run, type)));
    }
    AtomicFiles.writeString(
        staged(run).resolve("manifest.json"),
        Json.pretty(
            manifest(digests, name(run, types(run).get(0)), run.config().model().base().origin())));
  }

  static Map<String, Object> manifest(
      Map<String, String> digests, String served, Map<String, String> origin) {
    Map<String, Object> manifest = new TreeMap<>(Map.of("files", digests, SERVED, served));
    if (!origin.isEmpty()) {
      manifest.put("base", new TreeMap<>(origin));
    }
    return manifest;
  }

  private static List<FileType> types(RunContext run) {
    return run.config().packaging().quantizations().stream().map(FileType::valueOf).toList();
  }

  private static Path file(RunContext run, FileType type) {
    return staged(run).resolve(name(run, type));
  }

  private static String name(RunContext run, FileType type) {
    return run.config().model().modelName() + "-" + type + ".gguf";
  }

  private static Path staged(RunContext run) {
    return run.folder().resolve(STAGED);
  }
}

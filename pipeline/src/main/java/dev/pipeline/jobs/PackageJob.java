package dev.pipeline.jobs;

import dev.pipeline.config.ModelParts;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.export.FileType;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import dev.pipeline.model.BaseModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.batch.core.step.Step;

/**
 * Adapter and base become one model in the files it will be served from: quantised, of two ways the
 * one that is closer to the whole model, load-checked and staged.
 */
final class PackageJob implements PipelineJob {
  static final String STAGED = "package";
  static final String SERVED = "served";

  /** The list of the package's files, in it. */
  static final String MANIFEST = "manifest.json";

  /** What the manifest says of each type. */
  static final String QUANTISATIONS = "quantisations";

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
    return List.of("curate", road.trainer());
  }

  @Override
  public List<Record> settings(PipelineConfig config) {
    return List.of(
        config.packaging(),
        config.sft(),
        ModelParts.ForServing.of(config.model()),
        ModelParts.ForTraining.of(config.model()));
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
    Quantisations files = new Quantisations(run, whole);
    List<Step> all = new ArrayList<>();
    all.add(steps.recipe("merge", () -> packaging.convert(adapter, name, whole)));
    if (files.needMatrix()) {
      all.add(steps.recipe("importances", files::computeMatrix));
    }
    for (FileType type : Quantisations.types(run.config())) {
      all.addAll(quantise(steps, run, files, type));
    }
    if (files.compared()) {
      all.add(steps.recipe("compare", files::compare));
    }
    for (FileType type : Quantisations.types(run.config())) {
      all.add(steps.recipe("choose " + type, () -> files.choose(type, file(run, type))));
      all.add(steps.recipe("check " + type, () -> packaging.check(file(run, type))));
    }
    all.add(steps.recipe("stage", () -> stage(run, files)));
    all.add(steps.recipe("tidy", files::tidy));
    return all;
  }

  private static List<Step> quantise(
      JobSteps steps, RunContext run, Quantisations files, FileType type) {
    Packaging packaging = new Packaging(run);
    Path whole = file(run, FileType.F16);
    List<Step> all = new ArrayList<>();
    if (files.madePlain(type)) {
      all.add(
          steps.recipe(
              "quantise " + type,
              () -> packaging.quantise(whole, files.candidate(type, false), type)));
    }
    if (files.madeWeighted(type)) {
      all.add(
          steps.recipe(
              "quantise " + type + " by importance",
              () ->
                  packaging.quantise(
                      whole, files.candidate(type, true), type, Optional.of(files.matrix()))));
    }
    return all;
  }

  @Override
  public Outcome outcome(RunContext run) {
    Quantisations files = new Quantisations(run, file(run, FileType.F16));
    List<FileType> types = Quantisations.types(run.config());
    return new Outcome(
        "F16, "
            + types.stream().map(files::words).collect(Collectors.joining(", "))
            + " -> "
            + staged(run),
        Map.of(STAGED, staged(run), SERVED, file(run, types.get(0))));
  }

  /** The list of files and digests, last, so that its existence means completion. */
  private static void stage(RunContext run, Quantisations files) {
    List<FileType> types = Quantisations.types(run.config());
    Map<String, String> digests = new TreeMap<>();
    Map<String, Object> facts = new TreeMap<>();
    digests.put(name(run, FileType.F16), Hashes.sha256(file(run, FileType.F16)));
    for (FileType type : types) {
      digests.put(name(run, type), Hashes.sha256(file(run, type)));
      facts.put(type.name(), files.facts(type));
    }
    if (types.stream().anyMatch(files::weighted)) {
      digests.put(String.valueOf(files.matrix().getFileName()), stageMatrix(run, files.matrix()));
    }
    Map<String, Object> manifest =
        manifest(digests, name(run, types.get(0)), run.config().model().base().origin());
    manifest.put(QUANTISATIONS, facts);
    AtomicFiles.writeString(staged(run).resolve(MANIFEST), Json.pretty(manifest));
  }

  /** What made the files goes with them. */
  private static String stageMatrix(RunContext run, Path matrix) {
    Path copy = staged(run).resolve(String.valueOf(matrix.getFileName()));
    AtomicFiles.writePath(
        copy, temporary -> Files.copy(matrix, temporary, StandardCopyOption.REPLACE_EXISTING));
    return Hashes.sha256(copy);
  }

  static Map<String, Object> manifest(
      Map<String, String> digests, String served, Map<String, String> origin) {
    Map<String, Object> manifest = new TreeMap<>(Map.of("files", digests, SERVED, served));
    if (!origin.isEmpty()) {
      manifest.put("base", new TreeMap<>(origin));
    }
    return manifest;
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

package dev.pipeline.jobs;

import dev.pipeline.config.ModelParts;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.export.FileType;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.model.BaseModels;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.batch.core.step.Step;

/**
 * The base model itself, quantised as the tuned one will be, so that like is compared with like.
 */
final class BaselineJob implements PipelineJob {
  static final String GGUF = "gguf";

  @Override
  public String name() {
    return "baseline";
  }

  @Override
  public List<String> needs() {
    return List.of();
  }

  @Override
  public List<Record> settings(PipelineConfig config) {
    return List.of(config.packaging(), ModelParts.ForConverting.of(config.model()));
  }

  @Override
  public Map<String, Path> reads(PipelineConfig config) {
    return Map.of("base", BaseModels.folder(config.model().baseModel()));
  }

  @Override
  public List<Step> steps(JobSteps steps, RunContext run) {
    Packaging packaging = new Packaging(run);
    Path whole = run.folder().resolve("base-F16.gguf");
    return List.of(
        steps.recipe("convert", () -> packaging.convert(Optional.empty(), "base", whole)),
        steps.recipe("quantise", () -> packaging.quantise(whole, gguf(run), FileType.Q4_K_M)),
        steps.recipe("tidy", () -> AtomicFiles.deleteRecursively(whole)));
  }

  @Override
  public Outcome outcome(RunContext run) {
    return new Outcome("base model as Q4_K_M -> " + gguf(run), Map.of(GGUF, gguf(run)));
  }

  private static Path gguf(RunContext run) {
    return run.folder().resolve("base-Q4_K_M.gguf");
  }
}

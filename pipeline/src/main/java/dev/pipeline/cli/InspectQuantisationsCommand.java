package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.curate.DatasetWriter;
import dev.pipeline.evaluate.quality.QualityTable;
import dev.pipeline.export.FileType;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Json;
import dev.pipeline.jobs.QuantisationInspection;
import dev.pipeline.jobs.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pipeline inspect quantisations}: what each type of file costs. */
@Command(
    name = "quantisations",
    mixinStandardHelpOptions = true,
    description = {
      "Quantises a model to several types, with and without an importance matrix, and compares.",
      "What each file predicts for held-out answers is held against the F16 file: size, KLD with its"
          + " interval, share of tokens where both prefer the same, tokens a second."
    })
final class InspectQuantisationsCommand implements Callable<Integer> {
  @Mixin ConfigOptions settings = new ConfigOptions();

  @Option(
      names = "--f16",
      paramLabel = "FILE",
      description = "The model as F16 GGUF. Default: the released one.")
  @Nullable Path whole;

  @Option(
      names = "--types",
      split = ",",
      defaultValue = "Q8_0,Q6_K,Q5_K_M,Q4_K_M,Q4_0",
      paramLabel = "TYPE",
      description = "Types to make. Default: ${DEFAULT-VALUE}")
  List<FileType> types = List.of();

  @Option(
      names = "--matrix",
      paramLabel = "FILE",
      description = {
        "An importance matrix as llama.cpp's imatrix tool writes it.",
        "Default: computed on the training rows, as package does."
      })
  @Nullable Path matrix;

  @Option(
      names = "--training",
      paramLabel = "FILE",
      description = "Rows to compute the matrix on. Default: the latest dataset's.")
  @Nullable Path training;

  @Option(
      names = "--rows",
      paramLabel = "FILE",
      description = "Rows to compare on. Default: the latest dataset's held-out ones.")
  @Nullable Path rows;

  @Option(
      names = "--most",
      defaultValue = "0",
      paramLabel = "COUNT",
      description = "Rows to compare on at most; 0 for all. Default: ${DEFAULT-VALUE}")
  int most;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Keep the files and the matrix there. Default: they are deleted.")
  @Nullable Path keep;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    PipelineConfig config = settings.load(List.of(), "package");
    Path folder = keep == null ? Files.createTempDirectory("pipeline-quantisations-") : keep;
    try {
      QualityTable table = measured(config, folder);
      System.out.print(json ? Json.pretty(table) : table.markdown());
      return ExitCode.OK.status();
    } finally {
      if (keep == null) {
        AtomicFiles.deleteRecursively(folder);
      }
    }
  }

  private QualityTable measured(PipelineConfig config, Path folder) {
    try (LiveProgress progress = LiveProgress.aside("quantisations")) {
      return QuantisationInspection.of(config, subject(config, folder), progress);
    }
  }

  private QuantisationInspection.Subject subject(PipelineConfig config, Path folder) {
    Workspace workspace = Workspace.of(config.model());
    String released = config.model().modelName() + "-F16.gguf";
    Path trained = training == null ? latest(config, workspace, DatasetWriter.TRAIN) : training;
    return new QuantisationInspection.Subject(
        whole == null ? workspace.model().resolve("models").resolve(released) : whole,
        types.stream().filter(type -> type != FileType.F16).distinct().toList(),
        Optional.ofNullable(matrix).map(file -> InputFile.of("--matrix", file)),
        InputFile.of("--training", trained),
        config.curate().datasetName(),
        InputFile.of(
            "--rows", rows == null ? latest(config, workspace, DatasetWriter.VALIDATION) : rows),
        Math.max(0, most),
        folder);
  }

  private static Path latest(PipelineConfig config, Workspace workspace, String part) {
    Path curated = workspace.datasets().resolve("curated");
    return DatasetWriter.latest(curated, config.curate().datasetName()).resolve(part);
  }
}

package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.curate.DatasetWriter;
import dev.pipeline.evaluate.stage.StageBisect;
import dev.pipeline.evaluate.stage.StageDifference;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Json;
import dev.pipeline.jobs.StageInspection;
import dev.pipeline.jobs.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pipeline inspect stages}: where between training and serving a model changes. */
@Command(
    name = "stages",
    mixinStandardHelpOptions = true,
    description = {
      "Names the first stage between training and GGUF whose predictions differ.",
      "The same rows go through the model as trained, merged, as F16 and quantised. Exit code 1 when"
          + " a stage differs beyond its bound."
    })
final class InspectStagesCommand implements Callable<Integer> {
  @Mixin ConfigOptions settings = new ConfigOptions();

  @Option(
      names = "--adapter",
      paramLabel = "DIR",
      description = "What training left. Default: what the released model was made from.")
  @Nullable Path adapter;

  @Option(
      names = "--f16",
      paramLabel = "FILE",
      description = "Merged weights as F16 GGUF. Default: the released ones.")
  @Nullable Path whole;

  @Option(
      names = "--served",
      paramLabel = "FILE",
      description = "The quantised GGUF. Default: the released one.")
  @Nullable Path served;

  @Option(
      names = "--rows",
      paramLabel = "FILE",
      description = "Rows like a dataset's. Default: the latest dataset's held-out ones.")
  @Nullable Path rows;

  @Option(
      names = "--most",
      defaultValue = "40",
      paramLabel = "COUNT",
      description = "Rows to take. Default: ${DEFAULT-VALUE}")
  int most;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Override
  public Integer call() {
    PipelineConfig config = settings.load(List.of(), "evaluate");
    Workspace workspace = Workspace.of(config.model());
    Path models = workspace.model().resolve("models");
    String name = config.model().modelName();
    StageBisect bisect =
        StageInspection.of(
            config,
            new StageInspection.ModelStages(
                adapter == null ? StageInspection.releasedAdapter(config.model()) : adapter,
                whole == null ? models.resolve(name + "-F16.gguf") : whole,
                served == null ? models.resolve(name + ".gguf") : served),
            rows == null ? heldOut(config, workspace) : InputFile.of("--rows", rows),
            Math.max(1, most));
    print(bisect);
    if (bisect.tooFew()) {
      System.err.println(
          "warning: too few positions to judge: one more or less decides; give more --rows, or --most");
    }
    return (bisect.firstBeyond().isEmpty() ? ExitCode.OK : ExitCode.GATE_FAILED).status();
  }

  private static Path heldOut(PipelineConfig config, Workspace workspace) {
    Path curated = workspace.datasets().resolve("curated");
    return DatasetWriter.latest(curated, config.curate().datasetName())
        .resolve(DatasetWriter.VALIDATION);
  }

  private void print(StageBisect bisect) {
    if (json) {
      System.out.print(Json.pretty(bisect));
      return;
    }
    for (StageDifference difference : bisect.differences()) {
      System.out.printf(
          Locale.ROOT,
          "%-5s %-17s divergence %.6f (at most %.3f), worst %.6f; same top token %.1f %% (at least"
              + " %.0f %%); %d positions%n",
          difference.withinBounds() ? "ok" : "FAIL",
          difference.stage().words(),
          difference.divergence(),
          difference.stage().mostDivergence(),
          difference.worstDivergence(),
          100 * difference.agreement(),
          100 * difference.stage().leastAgreement(),
          difference.positions());
    }
    System.out.println(
        bisect
            .firstBeyond()
            .map(first -> "first to differ beyond its bound: " + first.stage().words())
            .orElse("every stage says what the one before says"));
  }
}

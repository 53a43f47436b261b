package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Json;
import dev.pipeline.jobs.Estimates;
import dev.pipeline.model.MemoryEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pipeline estimate}: what training takes, before anything is loaded. */
@Command(
    name = "estimate",
    mixinStandardHelpOptions = true,
    description = "Prints parameters, memory by part and work a token, from shapes alone.")
final class EstimateCommand implements Callable<Integer> {
  private static final double GIGA = 1e9;

  @Parameters(
      arity = "0..*",
      paramLabel = "KEY=VALUE",
      description = "Settings that win over the files.")
  List<String> overrides = new ArrayList<>();

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Mixin ConfigOptions settings = new ConfigOptions();

  @Override
  public Integer call() {
    PipelineConfig config = settings.load(overrides, "sft");
    MemoryEstimate estimate = Estimates.of(config);
    if (json) {
      System.out.print(Json.pretty(estimate));
      return ExitCode.OK.status();
    }
    System.out.printf(Locale.ROOT, "%-40s %,15d%n", "parameters", estimate.parameters());
    System.out.printf(Locale.ROOT, "%-40s %,15d%n", "trained parameters", estimate.trainable());
    System.out.printf(
        Locale.ROOT, "%-40s %15.3f GFLOP%n", "work a token", estimate.flopsPerToken() / GIGA);
    estimate
        .bytes()
        .forEach(
            (part, bytes) ->
                System.out.printf(Locale.ROOT, "%-40s %15.3f GB%n", part, bytes / GIGA));
    System.out.printf(Locale.ROOT, "%-40s %15.3f GB%n", "memory in all", estimate.total() / GIGA);
    return ExitCode.OK.status();
  }
}

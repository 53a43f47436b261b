package dev.pipeline.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.pipeline.config.DeviceRegistry;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.jobs.DeviceEstimate;
import dev.pipeline.jobs.Estimates;
import dev.pipeline.jobs.TrainingRows;
import dev.pipeline.model.MemoryEstimate;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pipeline estimate}: what training takes, before anything is loaded. */
@Command(
    name = "estimate",
    mixinStandardHelpOptions = true,
    description = {
      "Prints parameters, memory by part and work a token, of the base model's config.json alone.",
      "With --device also time of sft, and whether memory is enough."
    })
final class EstimateCommand implements Callable<Integer> {
  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "A file of configs/devices, or 'this': this machine, measured for a second.")
  @Nullable String device;

  @Option(
      names = "--devices",
      paramLabel = "FOLDER",
      defaultValue = "configs/devices",
      description = "One YAML a device. Default: ${DEFAULT-VALUE}")
  Path devices = Path.of("configs/devices");

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Rows of an epoch. Default: those of the newest dataset, if there is one.")
  @Nullable Integer rows;

  @Option(
      names = "--mean-tokens",
      paramLabel = "N",
      description = "Tokens of a row. Default: the dataset's, else sequence_len.")
  @Nullable Integer meanTokens;

  @Mixin SettingOptions options = new SettingOptions();

  @Override
  public Integer call() {
    requirePositive("--rows", rows);
    requirePositive("--mean-tokens", meanTokens);
    PipelineConfig config = options.load("sft");
    Estimates.requireModel(config);
    if (device == null) {
      Anywhere estimate =
          new Anywhere(Estimates.device(config), Estimates.of(config), Estimates.dpo(config));
      EstimateText text = new EstimateText(estimate.training(), estimate.dpo());
      System.out.print(
          options.json
              ? Json.pretty(estimate)
              : text.of(config.sft().batch().sequenceLen())
                  + text.limit(config)
                  + EstimateText.place(estimate.device(), config));
      return ExitCode.OK.status();
    }
    DeviceEstimate estimate =
        DeviceEstimate.of(
            config, device, new DeviceRegistry(devices), new TrainingRows.Given(rows, meanTokens));
    System.out.print(options.json ? Json.pretty(estimate) : EstimateText.of(estimate));
    return ExitCode.OK.status();
  }

  /** An estimate without a device of its own; {@code device} is what it was made for. */
  private record Anywhere(
      String device, @JsonUnwrapped MemoryEstimate training, MemoryEstimate dpo) {}

  private static void requirePositive(String option, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw Failure.usage(option + " is " + value, "give 1 or more");
    }
  }
}

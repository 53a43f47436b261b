package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What verbs share that look at settings and tell: settings as plain words, and {@code --json}. */
final class SettingOptions {
  @Parameters(
      arity = "0..*",
      paramLabel = "KEY=VALUE",
      description = "Settings that win over the files.")
  List<String> overrides = new ArrayList<>();

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Mixin ConfigOptions settings = new ConfigOptions();

  /** Reads the settings; {@code verb} is what an ambiguous override means. */
  PipelineConfig load(String verb) {
    return settings.load(overrides, verb);
  }
}

package dev.pipeline.cli;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.config.PipelineConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code --config}, shared by every verb that reads settings. */
final class ConfigOptions {
  @Option(
      names = "--config",
      scope = ScopeType.INHERIT,
      paramLabel = "PATH",
      defaultValue = "configs/demo",
      description = {
        "A folder of one YAML a job, or one YAML with all sections.",
        "Default: ${DEFAULT-VALUE}"
      })
  Path config = Path.of("configs/demo");

  /** Reads the settings; {@code verb} is what an ambiguous override means. */
  PipelineConfig load(List<String> overrides, String verb) {
    return ConfigLoader.load(config, new ArrayList<>(overrides), verb);
  }
}

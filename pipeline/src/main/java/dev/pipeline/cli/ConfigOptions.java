package dev.pipeline.cli;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.config.PipelineConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code --config} and {@code --set}, shared by every verb that reads settings. */
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

  @Option(
      names = "--set",
      scope = ScopeType.INHERIT,
      paramLabel = "KEY=VALUE",
      description = "A setting that wins over the files, such as output_dir=DIR; may be repeated.")
  List<String> set = new ArrayList<>();

  /** Reads the settings; {@code verb} is what an ambiguous override means. */
  PipelineConfig load(List<String> positional, String verb) {
    return ConfigLoader.load(config, overrides(positional), verb);
  }

  /** What wins over the files: {@code --set}, then a verb's own {@code KEY=VALUE} words. */
  List<String> overrides(List<String> positional) {
    return Stream.concat(set.stream(), positional.stream()).toList();
  }
}

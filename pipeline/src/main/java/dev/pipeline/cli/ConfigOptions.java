package dev.pipeline.cli;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.config.PipelineConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code --config} and {@code --set}, shared by every verb that reads settings. */
final class ConfigOptions {
  private static final Path USUAL = Path.of("configs/demo");

  @Option(
      names = "--config",
      scope = ScopeType.INHERIT,
      paramLabel = "PATH",
      defaultValue = "configs/demo",
      description = {
        "A folder of one YAML a job, or one YAML with all sections.",
        "Default: ${DEFAULT-VALUE}"
      })
  Path config = USUAL;

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

  /** What another command takes to mean the same settings, as a shell reads it. */
  String words() {
    Stream<String> file = config.equals(USUAL) ? Stream.of() : Stream.of("--config", "" + config);
    Stream<String> settings = set.stream().flatMap(setting -> Stream.of("--set", setting));
    return Stream.concat(file, settings)
        .map(ConfigOptions::quoted)
        .collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return word.matches("[\\w./=:,+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** What wins over the files: {@code --set}, then a verb's own {@code KEY=VALUE} words. */
  List<String> overrides(List<String> positional) {
    return Stream.concat(set.stream(), positional.stream()).toList();
  }
}

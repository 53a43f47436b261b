package dev.pipeline.config;

import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads a configuration: a folder of one YAML a section, or one YAML with all of them. */
public final class ConfigLoader {
  private ConfigLoader() {}

  /**
   * Reads and checks everything. The environment's {@code MODEL_NAME} wins over the files' {@code
   * known_as}, and an override over both.
   *
   * @param source a folder or a file
   * @param overrides {@code section.key=value}, or {@code key=value} where that is unambiguous
   * @param verb the section an ambiguous override means, such as sft
   */
  public static PipelineConfig load(Path source, List<String> overrides, String verb) {
    return load(source, overrides, verb, System.getenv());
  }

  static PipelineConfig load(
      Path source, List<String> overrides, String verb, Map<String, String> environment) {
    Map<Section, Node.Fields> fields =
        Files.isDirectory(source) ? folder(source) : singleFile(source);
    nameModel(environment, fields);
    for (String override : overrides) {
      Assignment.parse(override, verb).applyTo(fields);
    }
    describeModel(fields);
    return new PipelineConfig(
        bind(Section.MODEL, ModelConfig.DEFAULTS, fields),
        bind(Section.MINE, MineConfig.DEFAULTS, fields),
        bind(Section.CURATE, CurateConfig.DEFAULTS, fields),
        bind(Section.PREFERENCES, PreferencesConfig.DEFAULTS, fields),
        bind(Section.SFT, SftConfig.DEFAULTS, fields),
        bind(Section.DPO, DpoConfig.DEFAULTS, fields),
        bind(Section.PRETRAIN, PretrainConfig.DEFAULTS, fields),
        bind(Section.PACKAGE, PackageConfig.DEFAULTS, fields),
        bind(Section.EVALUATE, EvaluateConfig.DEFAULTS, fields),
        bind(Section.RELEASE, ReleaseConfig.DEFAULTS, fields),
        bind(Section.PLAN, PlanConfig.DEFAULTS, fields),
        bind(Section.MEMORY, MemoryConfig.DEFAULTS, fields),
        bind(Section.FEEDBACK, FeedbackConfig.DEFAULTS, fields),
        bind(Section.DRIFT, DriftConfig.DEFAULTS, fields),
        bind(Section.RETRAIN, RetrainConfig.DEFAULTS, fields),
        bind(Section.SCHEDULE, TimetableConfig.DEFAULTS, fields),
        bind(Section.DATABASE, DatabaseConfig.DEFAULTS, fields),
        bind(Section.SERVE, ServeConfig.DEFAULTS, fields),
        bind(Section.TRACKING, TrackingConfig.DEFAULTS, fields),
        bind(Section.WORKERS, WorkersConfig.DEFAULTS, fields),
        bind(Section.LAUNCH, LaunchConfig.DEFAULTS, fields));
  }

  private static void nameModel(Map<String, String> environment, Map<Section, Node.Fields> fields) {
    String name = environment.getOrDefault(ModelRegistry.VARIABLE, "");
    if (!name.isBlank()) {
      Node value = new Node.Scalar(name, "the environment's " + ModelRegistry.VARIABLE);
      new Assignment(Section.MODEL, "known_as", value).applyTo(fields);
    }
  }

  /** Lets what is known of the named model stand wherever the settings say nothing themselves. */
  private static void describeModel(Map<Section, Node.Fields> fields) {
    ModelConfig model = bind(Section.MODEL, ModelConfig.DEFAULTS, fields);
    Node.Fields given = fields.get(Section.MODEL);
    if (given != null && model.knownAs().isPresent()) {
      ModelRegistry registry = new ModelRegistry(model.modelRegistry());
      fields.put(Section.MODEL, registry.fill(given, model.knownAs().get()));
    }
  }

  private static <T extends Record> T bind(
      Section section, T defaults, Map<Section, Node.Fields> fields) {
    Node.Fields given = fields.get(section);
    return given == null ? defaults : RecordBinder.bind(section, defaults, given);
  }

  private static Map<Section, Node.Fields> folder(Path folder) {
    Map<Section, Node.Fields> fields = new EnumMap<>(Section.class);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(ConfigLoader::isYaml).sorted().toList()) {
        String name = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
        fields.put(Section.named(name, file.toString()), YamlReader.readFile(file));
      }
    } catch (IOException e) {
      throw Failure.usage("cannot list " + folder + ": " + e.getMessage(), "check its permissions");
    }
    if (fields.isEmpty()) {
      throw Failure.usage(
          "no *.yaml in " + folder, "copy configs/demo there, or use --config configs/demo");
    }
    return fields;
  }

  private static Map<Section, Node.Fields> singleFile(Path file) {
    if (!Files.exists(file)) {
      throw Failure.usage(
          "no configuration at " + file.toAbsolutePath().normalize(),
          "use --config with a folder such as configs/demo");
    }
    Map<Section, Node.Fields> fields = new EnumMap<>(Section.class);
    YamlReader.readFile(file)
        .nodes()
        .forEach(
            (name, node) -> {
              Section section = Section.named(name, node.where());
              if (!(node instanceof Node.Fields keys)) {
                throw Failure.usage(
                    node.where() + ": " + name + " wants keys below it, found " + node.kind(),
                    "indent the keys of " + name + " below it");
              }
              fields.put(section, keys);
            });
    return fields;
  }

  private static boolean isYaml(Path file) {
    return file.toString().endsWith(".yaml") || file.toString().endsWith(".yml");
  }
}

package dev.pipeline.jobs;

import dev.pipeline.config.ModelConfig;
import java.nio.file.Path;

/**
 * The folders of a model.
 *
 * @param artifacts where models are made
 * @param datasets where datasets are made
 * @param model the model's own folder, below artifacts
 */
public record Workspace(Path artifacts, Path datasets, Path model) {
  /** The folders that {@code config} names. */
  public static Workspace of(ModelConfig config) {
    return new Workspace(
        config.outputDir(), config.datasetDir(), config.outputDir().resolve(config.modelName()));
  }

  /** Where jobs keep their store, their lock and their log. */
  public Path jobs() {
    return artifacts.resolve(".jobs");
  }

  /** Where collections of plans and documents lie when no server keeps them. */
  public Path memory() {
    return artifacts.resolve(".memory");
  }

  /** Where it is noted what base models were measured to be on machines. */
  Path bench() {
    return artifacts.resolve(".bench");
  }

  /** Where feedback on the model is kept. */
  public Path feedback() {
    return datasets.resolve("feedback").resolve(String.valueOf(model.getFileName()));
  }

  /** Where the model's runs lie. */
  public Path runs() {
    return model.resolve("runs");
  }

  /** The folder of one run. */
  public Path run(RunKey key) {
    return runs().resolve(key.shortName());
  }
}

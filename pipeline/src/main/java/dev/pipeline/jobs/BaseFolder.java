package dev.pipeline.jobs;

import dev.pipeline.config.ModelConfig;
import dev.pipeline.io.Failure;
import dev.pipeline.model.BaseModels;
import dev.pipeline.weights.ModelFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of the base model, or the command that brings it. */
final class BaseFolder {
  private BaseFolder() {}

  /**
   * The folder that {@code base_model} stands for.
   *
   * @throws Failure when it is not there; where the model is known, with the command to fetch it
   */
  static Path of(ModelConfig model) {
    return of(model, "");
  }

  /** The same for what needs no weights: the command fetches config.json alone. */
  static Path ofConfig(ModelConfig model) {
    return of(model, " --include config.json");
  }

  private static Path of(ModelConfig model, String include) {
    Path folder = BaseModels.folder(model.baseModel());
    Optional<String> source = model.base().source();
    if (source.isPresent() && !Files.isDirectory(folder)) {
      boolean named = folder.toString().equals(source.get());
      throw ModelFolder.missing(
          folder,
          "pipeline fetch "
              + source.get()
              + (named
                  ? " brings it, and prints what to write there"
                  : " --to " + folder + include));
    }
    ModelFolder.requireFolder(folder);
    return folder;
  }
}

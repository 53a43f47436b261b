package dev.pipeline.release;

import dev.pipeline.io.Failure;
import java.util.regex.Pattern;

/** The names that a published model gives to its files. */
final class ModelFiles {
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private final String model;

  /** Refuses a name that could leave its folder or that Ollama would not take. */
  ModelFiles(String model) {
    if (!isPlain(model)) {
      throw Failure.usage(
          "model name '" + model + "' is not a plain name",
          "use letters, digits, '.', '_' and '-', starting with a letter or digit");
    }
    this.model = model;
  }

  /** Whether {@code name} stays in its folder. */
  static boolean isPlain(String name) {
    return SAFE.matcher(name).matches();
  }

  /** The file that the Modelfile names. */
  String served() {
    return model + ".gguf";
  }
}

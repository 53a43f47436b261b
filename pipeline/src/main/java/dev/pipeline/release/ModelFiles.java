package dev.pipeline.release;

import dev.pipeline.io.Failure;
import java.util.List;
import java.util.regex.Pattern;

/** The names that a package and a published model give to their files. */
final class ModelFiles {
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private final String model;

  /** Refuses a name that could leave its folder or that Ollama would not take. */
  ModelFiles(String model) {
    if (!SAFE.matcher(model).matches()) {
      throw Failure.usage(
          "model name '" + model + "' is not a plain name",
          "use letters, digits, '.', '_' and '-', starting with a letter or digit");
    }
    this.model = model;
  }

  String model() {
    return model;
  }

  String published(Precision precision) {
    return precision == Precision.Q4_K_M ? model + ".gguf" : staged(precision);
  }

  String staged(Precision precision) {
    return model + "-" + precision + ".gguf";
  }

  /** Largest first; the file that is served comes last, so that it changes when all else is new. */
  enum Precision {
    F16,
    Q8_0,
    Q4_K_M;

    static List<Precision> inOrderOfPublication() {
      return List.of(values());
    }
  }
}

package dev.pipeline.weights.safetensors;

import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;

/**
 * An opened safetensors file whose whole header has been checked; nothing is mapped until a tensor
 * asks for it.
 *
 * @param path the file
 * @param tensors tensors in the order of their data
 * @param metadata the header's free text, by key
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
public record SafetensorsFile(
    Path path, Map<String, TensorEntry> tensors, Map<String, String> metadata) {
  public SafetensorsFile {
    tensors = Collections.unmodifiableMap(tensors);
    metadata = Collections.unmodifiableMap(metadata);
  }

  /**
   * Reads and checks the header of {@code path}.
   *
   * @throws Failure when the file is missing, is no safetensors file, or its header lies
   */
  public static SafetensorsFile open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw Failure.refused(
          "no such weights file: " + path, "check the path, or fetch the model again");
    }
    PickleGuard.check(path);
    try {
      return new HeaderReader(path).read();
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + path + ": " + e.getMessage(),
          "check that the file is readable, then run the same command again",
          e);
    }
  }

  /** The tensor called {@code name}. */
  public TensorEntry tensor(String name) {
    TensorEntry entry = tensors.get(name);
    if (entry == null) {
      throw Failure.refused(
          path + " has no tensor " + name,
          "use weights that match the model's config.json; they have tensors such as "
              + tensors.keySet().stream().limit(3).toList());
    }
    return entry;
  }
}

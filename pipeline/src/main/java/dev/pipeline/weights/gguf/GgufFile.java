package dev.pipeline.weights.gguf;

import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;

/**
 * An opened GGUF file whose whole header has been checked; nothing is mapped until a tensor asks
 * for it.
 *
 * @param path the file
 * @param metadata its keys
 * @param tensors its tensors by name, in the file's order
 */
public record GgufFile(Path path, GgufMetadata metadata, Map<String, GgufTensor> tensors) {
  public GgufFile {
    tensors = Collections.unmodifiableMap(tensors);
  }

  /**
   * Reads and checks the header of {@code path}.
   *
   * @throws Failure when the file is missing, is no GGUF, or its header lies
   */
  public static GgufFile open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw Failure.refused("no such GGUF file: " + path, "check the path");
    }
    try (FileChannel channel = FileChannel.open(path)) {
      return new GgufReader(path, new HeaderCursor(path, channel)).read();
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + path + ": " + e.getMessage(),
          "check that the file is readable, then run the same command again",
          e);
    }
  }

  /** The tensor called {@code name}. */
  public GgufTensor tensor(String name) {
    GgufTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw Failure.refused(
          path + " has no tensor " + name, "use a GGUF that matches its architecture");
    }
    return tensor;
  }
}

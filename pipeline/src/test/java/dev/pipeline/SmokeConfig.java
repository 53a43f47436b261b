package dev.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The smoke configuration with folders of a test's own. */
final class SmokeConfig {
  private SmokeConfig() {}

  /** Copies it below {@code place}, where all it makes will lie, too. */
  static Path copiedTo(Path place) {
    Path copy = place.resolve("config");
    try (Stream<Path> files = Files.list(Path.of("../configs/smoke"))) {
      Files.createDirectories(copy);
      for (Path file : files.toList()) {
        String text = Files.readString(file);
        if (file.endsWith("model.yaml")) {
          text += "output_dir: " + place.resolve("artifacts") + "\n";
          text += "dataset_dir: " + place.resolve("datasets") + "\n";
        }
        Files.writeString(copy.resolve(file.getFileName()), text);
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether some path below {@code place} has the form {@code pattern} by now. */
  static boolean exists(Path place, String pattern) {
    try (Stream<Path> files = Files.walk(place)) {
      return files.anyMatch(path -> path.toString().matches(pattern));
    } catch (IOException | UncheckedIOException movedWhileWalking) {
      return false;
    }
  }
}

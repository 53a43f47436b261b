package dev.pipeline.weights.safetensors;

import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Refuses pickle weights by name: unpickling executes code chosen by the file (CVE-2025-32434,
 * CVE-2026-24747), so no path of this program reads one.
 */
final class PickleGuard {
  private static final List<String> SUFFIXES = List.of(".bin", ".pt", ".pth", ".pkl", ".ckpt");

  private PickleGuard() {}

  static void check(Path file) {
    if (isPickle(file)) {
      throw refusal(file);
    }
  }

  static Optional<Path> firstIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(PickleGuard::isPickle).sorted().findFirst();
    }
  }

  static Failure refusal(Path file) {
    return Failure.refused(
        file + " holds pickle weights, which run code when they are loaded",
        "convert the model to safetensors where you trust it"
            + " (model.save_pretrained(folder, safe_serialization=True)) and use that folder");
  }

  private static boolean isPickle(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return SUFFIXES.stream().anyMatch(name::endsWith);
  }
}

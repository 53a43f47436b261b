package dev.pipeline.weights.ollama;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of an Ollama store.
 *
 * @param file where it lies
 * @param digest SHA-256 that its content must have, in hex
 */
public record OllamaBlob(Path file, String digest) {
  private static final String FIX = "run ollama pull for that model again";

  /** Reads all of it and fails unless it is what its name says. */
  public void verify() {
    String actual = Hashes.sha256(file);
    if (!actual.equals(digest)) {
      throw Failure.refused(file + " is damaged: its SHA-256 is " + actual, FIX);
    }
  }

  void requireSize(long expected) {
    try {
      long actual = Files.isRegularFile(file) ? Files.size(file) : -1;
      if (actual != expected) {
        throw Failure.refused(
            actual < 0
                ? "Ollama has no " + file
                : "%s has %d bytes, its manifest says %d".formatted(file, actual, expected),
            FIX);
      }
    } catch (IOException e) {
      throw Failure.infrastructure("cannot read " + file, "check its permissions", e);
    }
  }
}

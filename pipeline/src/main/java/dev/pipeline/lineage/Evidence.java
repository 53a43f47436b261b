package dev.pipeline.lineage;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.Reason;
import dev.pipeline.jobs.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * A file or folder that a step of the way rests on, and how it is told whether it is what it was.
 *
 * @param path where it lies
 * @param by who recorded what it should be
 * @param sha256 what it should be; empty where the content itself tells
 */
public record Evidence(Path path, String by, String sha256, Check check) {
  /** Looks at the file. */
  @FunctionalInterface
  interface Check {
    /** What is wrong with it, if anything is. */
    Optional<String> fault(Path path);
  }

  /** A file whose digest somebody recorded. */
  static Evidence digest(Path path, String sha256, String by) {
    return new Evidence(
        path,
        by,
        sha256,
        file -> {
          String actual = Digests.of(file);
          return actual.equals(sha256)
              ? Optional.empty()
              : Optional.of("has SHA-256 " + actual + ", " + by + " says " + sha256);
        });
  }

  /**
   * A JSON file that this product wrote, whose bytes follow from what it says.
   *
   * @param parse what it says; throws a failure where it says nothing sensible
   * @param fault what is wrong with that, if anything is
   */
  static <T> Evidence json(
      Path path, String by, Function<String, T> parse, Function<T, Optional<String>> fault) {
    return new Evidence(
        path,
        by,
        "",
        file -> {
          String text = text(file);
          T content = parse.apply(text);
          return Json.pretty(content).equals(text)
              ? fault.apply(content)
              : Optional.of("is not as it was written");
        });
  }

  /** What is wrong, if anything is. */
  Optional<String> fault() {
    if (!Files.exists(path)) {
      return Optional.of("is missing, though " + by + " names it");
    }
    try {
      return check.fault(path);
    } catch (Failure failure) {
      return Optional.of("cannot be read: " + failure.reason());
    }
  }

  /** Content of {@code file}; what is no UTF-8 was changed. */
  static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + file + ": " + Reason.of(e), "check its permissions", e);
    }
  }
}

package dev.pipeline.jobs;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Small files that the steps of a run leave for one another. */
final class RunFiles {
  private RunFiles() {}

  /** Reads a JSON file that an earlier step wrote. */
  static <T> T read(Path file, Class<T> type) {
    return read(file, type, Json.MADE_AGAIN);
  }

  /** Reads a JSON file; the refusal of one that does not fit names {@code fix} as the way out. */
  static <T> T read(Path file, Class<T> type, String fix) {
    try {
      return Json.parse(Files.readString(file), type, file.toString(), fix);
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + file + ": " + e.getMessage(), "run the same command again", e);
    }
  }

  /**
   * A file that was read, or why it could not be.
   *
   * @param value empty where there is a failure
   */
  record Attempt<T>(Optional<T> value, Optional<Failure> failure) {}

  /** Reads a JSON file where one damaged file among many ends nothing. */
  static <T> Attempt<T> attempt(Path file, Class<T> type) {
    try {
      return new Attempt<>(Optional.of(read(file, type)), Optional.empty());
    } catch (Failure failure) {
      return new Attempt<>(Optional.empty(), Optional.of(failure));
    }
  }

  /** The folder that holds {@code file}. */
  static Path folderOf(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
  }

  /**
   * Makes {@code target} a copy of the flat folder {@code source}; each file is whole or absent.
   */
  static void copyFolder(Path source, Path target) {
    for (Path file : files(source)) {
      Path copy = target.resolve(source.relativize(file));
      AtomicFiles.writePath(
          copy, temporary -> Files.copy(file, temporary, StandardCopyOption.REPLACE_EXISTING));
    }
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot list " + folder + ": " + e.getMessage(), "run the same command again", e);
    }
  }
}

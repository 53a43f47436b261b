package dev.pipeline.jobs;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a finished run made; the last file of its folder, so that its existence means completion.
 *
 * @param job the job's name
 * @param key the run's key
 * @param summary what was made, for people
 * @param outputs what later jobs read, by name
 */
public record RunManifest(String job, String key, String summary, Map<String, Output> outputs) {
  private static final String FILE = "manifest.json";

  /** Copies the map. */
  public RunManifest {
    outputs = Map.copyOf(outputs);
  }

  /**
   * A file or folder.
   *
   * @param path where it lies
   * @param sha256 its digest; see {@link Digests}
   */
  public record Output(String path, String sha256) {
    static Output of(Path path) {
      return new Output(path.toString(), Digests.of(path));
    }

    private boolean intact() {
      return Files.exists(Path.of(path)) && Digests.of(Path.of(path)).equals(sha256);
    }
  }

  /** The output called {@code name}. */
  public Output output(String name) {
    Output output = outputs.get(name);
    if (output == null) {
      throw new IllegalArgumentException(job + " has no output " + name);
    }
    return output;
  }

  /** Reads the manifest of a run's folder, if it is finished and everything it made is intact. */
  static Optional<RunManifest> readIntact(Path runFolder) {
    return read(runFolder)
        .filter(manifest -> manifest.outputs.values().stream().allMatch(Output::intact));
  }

  /** The digest that a finished run in {@code runFolder} noted of its output {@code name}. */
  static Optional<String> noted(Path runFolder, String name) {
    return read(runFolder).map(manifest -> manifest.output(name).sha256());
  }

  /** The same without looking whether it is intact. */
  static Optional<RunManifest> read(Path runFolder) {
    Path file = runFolder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.parse(Files.readString(file), RunManifest.class, file.toString()));
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + file + ": " + e.getMessage(), "check its permissions", e);
    }
  }

  /** Publishes this manifest in the run's folder, atomically. */
  void write(Path runFolder) {
    AtomicFiles.writeString(runFolder.resolve(FILE), Json.pretty(this));
  }

  /** Takes completion back, before the run is done again. */
  static void remove(Path runFolder) {
    AtomicFiles.deleteRecursively(runFolder.resolve(FILE));
  }
}

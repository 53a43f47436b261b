package dev.pipeline.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a finished run made; the last file of its folder, so that its existence means completion.
 *
 * @param job the job's name
 * @param key the run's key
 * @param summary what was made, for people
 * @param outputs what later jobs read, by name
 * @param seal SHA-256 of all of the above, so that a change is noticed; null where none was set
 */
public record RunManifest(
    String job,
    String key,
    String summary,
    Map<String, Output> outputs,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String seal) {
  /** Its name in the run's folder. */
  public static final String FILE = "manifest.json";

  /** Copies the map. */
  public RunManifest {
    outputs = Collections.unmodifiableMap(new TreeMap<>(outputs));
  }

  /** A manifest with its seal. */
  public RunManifest(String job, String key, String summary, Map<String, Output> outputs) {
    this(job, key, summary, outputs, sealOf(job, key, summary, outputs));
  }

  /** Whether the seal fits; one without a seal is taken as it is. */
  public boolean sealFits() {
    return seal == null || seal.equals(sealOf(job, key, summary, outputs));
  }

  private static String sealOf(
      String job, String key, String summary, Map<String, Output> outputs) {
    return Hashes.sha256(Json.line(List.of(job, key, summary, new TreeMap<>(outputs))));
  }

  /**
   * A file or folder.
   *
   * @param path where it lies
   * @param sha256 its digest; see {@link Digests}
   * @param files digests of what is in a folder, by relative name; empty for a file
   */
  public record Output(
      String path,
      String sha256,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> files) {
    /** Sorts the files; without any it is a file, or nobody noted them. */
    public Output {
      files = files == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(files));
    }

    /** An output whose files nobody noted. */
    public Output(String path, String sha256) {
      this(path, sha256, Map.of());
    }

    static Output of(Path path) {
      if (!Files.isDirectory(path)) {
        return new Output(path.toString(), Digests.of(path));
      }
      Map<String, String> files = Digests.files(path);
      return new Output(path.toString(), Digests.of(files), files);
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

package dev.pipeline.vectors;

import dev.pipeline.embed.Embedder;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.ExclusiveFile;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Collections that need no server: one folder each, safe against crashes, shared by processes. */
public final class FileVectorStore implements VectorStore {
  private static final String MANIFEST = "collection.json";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  private final Path folder;

  /** The collections in {@code folder}, which need not exist. */
  public FileVectorStore(Path folder) {
    this.folder = folder;
  }

  /**
   * What {@code collection.json} says.
   *
   * @param embedder name of the model that made the vectors
   */
  record Manifest(String name, int dimensions, String embedder) {}

  /** Refuses what is no plain name, before it becomes a folder. */
  public static void requireName(String name) {
    if (!NAME.matcher(name).matches() || name.contains("..")) {
      throw Failure.usage(
          "'" + name.replaceAll("\\p{Cntrl}", "?") + "' is no name of a collection",
          "use lower-case letters, digits, '-', '_' and '.', at most 64, such as handbook");
    }
  }

  @Override
  public VectorCollection open(String name, Embedder embedder) {
    requireName(name);
    Path home = folder.resolve(name);
    Manifest wanted = new Manifest(name, embedder.dimensions(), embedder.name());
    Manifest found =
        new ExclusiveFile(folder.resolve(name + ".lock")).hold(() -> manifest(home, wanted));
    if (!found.equals(wanted)) {
      throw Failure.usage(
          "collection %s holds vectors of %d numbers by %s, not of %d by %s"
              .formatted(
                  name,
                  found.dimensions(),
                  found.embedder(),
                  wanted.dimensions(),
                  wanted.embedder()),
          "set memory.embedder back, or remove " + home + " and fill it anew");
    }
    return new FileVectorCollection(home, found.dimensions());
  }

  @Override
  public List<String> names() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> homes = Files.list(folder)) {
      return homes
          .filter(home -> Files.exists(home.resolve(MANIFEST)))
          .map(home -> String.valueOf(home.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot list " + folder + ": " + Reason.of(e), "check its permissions", e);
    }
  }

  @Override
  public String place() {
    return folder.toString();
  }

  private static Manifest manifest(Path home, Manifest wanted) {
    Path file = home.resolve(MANIFEST);
    if (!Files.exists(file)) {
      AtomicFiles.writeString(file, Json.pretty(wanted));
      return wanted;
    }
    try {
      return Json.parse(Files.readString(file), Manifest.class, file.toString());
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + file + ": " + Reason.of(e), "check its permissions", e);
    }
  }
}

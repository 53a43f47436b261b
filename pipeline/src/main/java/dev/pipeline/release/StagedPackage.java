package dev.pipeline.release;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import dev.pipeline.release.ModelFiles.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A run's package folder: one GGUF for each precision, and a manifest whose existence says that all
 * of them are complete: {@code {"files": {"<name>": "<SHA-256 in hex>"}, ...}}.
 */
public final class StagedPackage {
  private static final String MANIFEST = "manifest.json";
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final String FIX = "run the package job again: pipeline run package";

  private final Path folder;
  private final ModelFiles names;
  private final Map<Precision, String> digests;

  private StagedPackage(Path folder, ModelFiles names, Map<Precision, String> digests) {
    this.folder = folder;
    this.names = names;
    this.digests = digests;
  }

  /** Opens the package of {@code model} in {@code folder}; hashes nothing yet. */
  public static StagedPackage open(Path folder, String model) {
    ModelFiles names = new ModelFiles(model);
    Path manifest = folder.resolve(MANIFEST);
    if (!Files.isRegularFile(manifest)) {
      throw Failure.refused(
          "no finished package in " + folder + ": " + MANIFEST + " is missing", FIX);
    }
    JsonNode files = readManifest(manifest).path("files");
    Map<Precision, String> digests = new EnumMap<>(Precision.class);
    for (Precision precision : Precision.values()) {
      String name = names.staged(precision);
      String digest = files.path(name).asString("");
      if (!SHA256.matcher(digest).matches()) {
        throw Failure.refused(manifest + " gives no SHA-256 for " + name, FIX);
      }
      digests.put(precision, digest);
    }
    return new StagedPackage(folder, names, digests);
  }

  ModelFiles names() {
    return names;
  }

  Path file(Precision precision) {
    return folder.resolve(names.staged(precision));
  }

  String digest(Precision precision) {
    return digests.getOrDefault(precision, "");
  }

  /** Hashes every file and refuses the package when one differs from its manifest. */
  void verify() {
    for (Precision precision : Precision.values()) {
      Path file = file(precision);
      if (!Files.isRegularFile(file)) {
        throw Failure.refused(file + " is listed in the manifest but missing", FIX);
      }
      String actual = Hashes.sha256(file);
      if (!actual.equals(digest(precision))) {
        throw Failure.refused(
            file + " has SHA-256 " + actual + ", its manifest says " + digest(precision), FIX);
      }
    }
  }

  private static JsonNode readManifest(Path manifest) {
    try {
      return Json.parse(Files.readString(manifest), JsonNode.class, manifest.toString());
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + manifest + ": " + e.getMessage(), "check its permissions", e);
    }
  }
}

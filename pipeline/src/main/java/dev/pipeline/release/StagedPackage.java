package dev.pipeline.release;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A run's package folder: GGUF files, and a manifest whose existence says that all of them are
 * complete: {@code {"files": {"<name>": "<SHA-256 in hex>", ...}, "served": "<name>"}}.
 */
public final class StagedPackage {
  private static final String MANIFEST = "manifest.json";
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final String FIX = "run the package job again: pipeline run package";

  private final Path folder;
  private final String served;
  private final SortedMap<String, String> digests;

  private StagedPackage(Path folder, String served, SortedMap<String, String> digests) {
    this.folder = folder;
    this.served = served;
    this.digests = digests;
  }

  /** Opens the package in {@code folder}; hashes nothing yet. */
  public static StagedPackage open(Path folder) {
    Path file = folder.resolve(MANIFEST);
    if (!Files.isRegularFile(file)) {
      throw Failure.refused(
          "no finished package in " + folder + ": " + MANIFEST + " is missing", FIX);
    }
    JsonNode manifest = readManifest(file);
    SortedMap<String, String> digests = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : manifest.path("files").properties()) {
      String digest = entry.getValue().asString("");
      if (!ModelFiles.isPlain(entry.getKey()) || !SHA256.matcher(digest).matches()) {
        throw Failure.refused(file + " gives no SHA-256 for " + entry.getKey(), FIX);
      }
      digests.put(entry.getKey(), digest);
    }
    String served = manifest.path("served").asString("");
    if (!digests.containsKey(served)) {
      throw Failure.refused(file + " gives no SHA-256 for the served file", FIX);
    }
    return new StagedPackage(folder, served, digests);
  }

  /** Its files, by name. */
  Set<String> names() {
    return digests.keySet();
  }

  boolean isServed(String name) {
    return name.equals(served);
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  String digest(String name) {
    return digests.getOrDefault(name, "");
  }

  /**
   * Refuses the package when the file that is to be served is not the one with the digest {@code
   * judged}, or when a file differs from the manifest. Hashes every file.
   */
  void verify(String judged) {
    if (!digest(served).equals(judged)) {
      throw Failure.refused(
          "the gate judged a file with SHA-256 " + judged + ", not " + file(served),
          "evaluate the package that is to be released: pipeline run evaluate");
    }
    digests.forEach(
        (name, digest) -> {
          Path file = file(name);
          if (!Files.isRegularFile(file)) {
            throw Failure.refused(file + " is listed in the manifest but missing", FIX);
          }
          String actual = Hashes.sha256(file);
          if (!actual.equals(digest)) {
            throw Failure.refused(
                file + " has SHA-256 " + actual + ", its manifest says " + digest, FIX);
          }
        });
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

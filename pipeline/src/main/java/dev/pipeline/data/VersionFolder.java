package dev.pipeline.data;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Versions of a dataset, {@code <home>/<version>/}, and {@code <home>/latest} that points at one. A
 * version appears whole or not at all; writing the same content twice changes nothing.
 */
public final class VersionFolder {
  /** Rows to train on. */
  public static final String TRAIN = "train.jsonl";

  /** Rows held out. */
  public static final String VALIDATION = "validation.jsonl";

  /** Lines and rows left out, with reasons. */
  public static final String REJECTED = "rejected.jsonl";

  /** The card for people. */
  public static final String CARD = "CARD.md";

  /** Written last, so that its existence means that the version is complete. */
  public static final String MANIFEST = "manifest.json";

  /** The pointer file beside the versions. */
  public static final String LATEST = "latest";

  private VersionFolder() {}

  /**
   * What is said of the content.
   *
   * @param version names the folder
   * @param card Markdown
   * @param manifest becomes JSON
   */
  public record Described(String version, String card, Record manifest) {}

  /**
   * Publishes a version.
   *
   * @param content records of each file, by file name
   * @param describe gets the SHA-256 of each file, by file name
   * @return the version's folder
   */
  public static Path publish(
      Path home,
      Map<String, ? extends Iterable<?>> content,
      Function<Map<String, String>, Described> describe) {
    Path staging = home.resolve("staging" + AtomicFiles.PARTIAL);
    AtomicFiles.deleteRecursively(staging);
    try {
      Map<String, String> digests = new TreeMap<>();
      content.forEach(
          (name, records) -> {
            JsonLines.write(staging.resolve(name), records);
            digests.put(name, Hashes.sha256(staging.resolve(name)));
          });
      Described described = describe.apply(digests);
      AtomicFiles.writeString(staging.resolve(CARD), described.card());
      AtomicFiles.writeString(staging.resolve(MANIFEST), Json.pretty(described.manifest()));
      Path version = home.resolve(described.version());
      if (!Files.exists(version.resolve(MANIFEST))) {
        AtomicFiles.deleteRecursively(version);
        AtomicFiles.publishFolder(staging, version);
      }
      AtomicFiles.writeString(home.resolve(LATEST), described.version() + "\n");
      return version;
    } finally {
      AtomicFiles.deleteRecursively(staging);
    }
  }

  /**
   * The folder that {@code latest} points at.
   *
   * @param what the dataset in words, for the error
   * @param fix what makes one
   */
  public static Path latest(Path home, String what, String fix) {
    Path pointer = home.resolve(LATEST);
    try {
      Path version = home.resolve(Files.readString(pointer).strip());
      if (!Files.exists(version.resolve(MANIFEST))) {
        throw Failure.refused(pointer + " points at a version that is not there", fix);
      }
      return version;
    } catch (IOException | InvalidPathException e) {
      throw Failure.refused("there is no " + what + " at " + pointer, fix);
    }
  }
}

package dev.pipeline.data.curate;

import dev.pipeline.data.JsonLines;
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

/**
 * Writes a dataset as {@code <curated>/<name>/<version>/} and lets {@code <name>/latest} point at
 * it. The folder appears whole or not at all; writing the same content twice changes nothing.
 */
public final class DatasetWriter {
  /** Rows to train on. */
  public static final String TRAIN = "train.jsonl";

  /** Rows held out. */
  public static final String VALIDATION = "validation.jsonl";

  /** Lines and rows left out, with reasons. */
  public static final String REJECTED = "rejected.jsonl";

  /** The card for people. */
  public static final String CARD = "CARD.md";

  /** The pointer file beside the versions. */
  public static final String LATEST = "latest";

  private DatasetWriter() {}

  /** Where a version stands, and its manifest. */
  public record Written(Path folder, DatasetManifest manifest) {}

  /** Publishes {@code dataset} under the folder {@code curated}. */
  public static Written write(Path curated, Dataset dataset, CurationSettings settings) {
    Path home = curated.resolve(settings.name());
    Path staging = home.resolve("staging" + AtomicFiles.PARTIAL);
    AtomicFiles.deleteRecursively(staging);
    try {
      Map<String, String> files = new TreeMap<>();
      content(staging, TRAIN, dataset.split().train(), files);
      content(staging, VALIDATION, dataset.split().validation(), files);
      content(staging, REJECTED, dataset.rejected(), files);
      DatasetManifest manifest = DatasetManifest.of(dataset, settings, files);
      AtomicFiles.writeString(staging.resolve(CARD), DatasetCard.markdown(manifest));
      AtomicFiles.writeString(staging.resolve(DatasetManifest.FILE), Json.pretty(manifest));
      Path version = home.resolve(manifest.version());
      if (!Files.exists(version.resolve(DatasetManifest.FILE))) {
        AtomicFiles.deleteRecursively(version);
        AtomicFiles.publishFolder(staging, version);
      }
      AtomicFiles.writeString(home.resolve(LATEST), manifest.version() + "\n");
      return new Written(version, manifest);
    } finally {
      AtomicFiles.deleteRecursively(staging);
    }
  }

  /** The folder that {@code latest} points at for the dataset {@code name}. */
  public static Path latest(Path curated, String name) {
    Path pointer = curated.resolve(name).resolve(LATEST);
    String fix = "run 'pipeline run curate' first";
    try {
      Path version = curated.resolve(name).resolve(Files.readString(pointer).strip());
      if (!Files.exists(version.resolve(DatasetManifest.FILE))) {
        throw Failure.refused(pointer + " points at a version that is not there", fix);
      }
      return version;
    } catch (IOException | InvalidPathException e) {
      throw Failure.refused("there is no curated dataset at " + pointer, fix);
    }
  }

  private static void content(
      Path folder, String name, Iterable<?> records, Map<String, String> files) {
    Path file = folder.resolve(name);
    JsonLines.write(file, records);
    files.put(name, Hashes.sha256(file));
  }
}

package dev.pipeline.data.curate;

import dev.pipeline.data.VersionFolder;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes a dataset as {@code <curated>/<name>/<version>/} and lets {@code <name>/latest} point at
 * it. The folder appears whole or not at all; writing the same content twice changes nothing.
 */
public final class DatasetWriter {
  /** Rows to train on. */
  public static final String TRAIN = VersionFolder.TRAIN;

  /** Rows held out. */
  public static final String VALIDATION = VersionFolder.VALIDATION;

  /** Lines and rows left out, with reasons. */
  public static final String REJECTED = VersionFolder.REJECTED;

  /** The card for people. */
  public static final String CARD = VersionFolder.CARD;

  /** The pointer file beside the versions. */
  public static final String LATEST = VersionFolder.LATEST;

  private DatasetWriter() {}

  /** Where a version stands, and its manifest. */
  public record Written(Path folder, DatasetManifest manifest) {}

  /** Publishes {@code dataset} under the folder {@code curated}. */
  public static Written write(Path curated, Dataset dataset, CurationSettings settings) {
    Map<String, List<? extends Record>> content =
        Map.of(
            TRAIN, dataset.split().train(),
            VALIDATION, dataset.split().validation(),
            REJECTED, dataset.rejected());
    Path version =
        VersionFolder.publish(
            curated.resolve(settings.name()), content, files -> describe(dataset, settings, files));
    return new Written(version, manifest(version));
  }

  /** The folder that {@code latest} points at for the dataset {@code name}. */
  public static Path latest(Path curated, String name) {
    return VersionFolder.latest(
        curated.resolve(name), "curated dataset", "run 'pipeline run curate' first");
  }

  /** The manifest of the version in {@code folder}. */
  public static DatasetManifest manifest(Path folder) {
    Path file = folder.resolve(DatasetManifest.FILE);
    try {
      return Json.parse(Files.readString(file), DatasetManifest.class, file.toString());
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + file + ": " + e.getMessage(), "run the same command again", e);
    }
  }

  private static VersionFolder.Described describe(
      Dataset dataset, CurationSettings settings, Map<String, String> files) {
    DatasetManifest manifest = DatasetManifest.of(dataset, settings, files);
    return new VersionFolder.Described(
        manifest.version(), DatasetCard.markdown(manifest), manifest);
  }
}

package dev.pipeline.data.prefer.assemble;

import dev.pipeline.data.VersionFolder;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes pairs as {@code <preferences>/<name>/<version>/}, with {@code <name>/latest}. */
public final class PreferenceWriter {
  private PreferenceWriter() {}

  /** Publishes {@code set} under the folder {@code preferences}; returns the version's folder. */
  public static Path write(Path preferences, PreferenceSet set, PreferenceSettings settings) {
    Map<String, List<? extends Record>> content =
        Map.of(
            VersionFolder.TRAIN, set.split().train(),
            VersionFolder.VALIDATION, set.split().validation(),
            VersionFolder.REJECTED, set.rejected());
    return VersionFolder.publish(
        preferences.resolve(settings.name()), content, files -> describe(set, settings, files));
  }

  /** The folder that {@code latest} points at for the pairs {@code name}. */
  public static Path latest(Path preferences, String name) {
    return VersionFolder.latest(
        preferences.resolve(name), "set of preferences", "run 'pipeline run preferences' first");
  }

  /** The manifest of the version in {@code folder}. */
  public static PreferenceManifest manifest(Path folder) {
    Path file = folder.resolve(VersionFolder.MANIFEST);
    try {
      return Json.parse(Files.readString(file), PreferenceManifest.class, file.toString());
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + file + ": " + e.getMessage(), "run the same command again", e);
    }
  }

  private static VersionFolder.Described describe(
      PreferenceSet set, PreferenceSettings settings, Map<String, String> files) {
    PreferenceManifest manifest = PreferenceManifest.of(set, settings, files);
    return new VersionFolder.Described(
        manifest.version(), PreferenceCard.markdown(manifest), manifest);
  }
}

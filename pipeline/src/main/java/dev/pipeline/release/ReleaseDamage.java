package dev.pipeline.release;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a look at a kept release finds: its manifest, and files that are gone or cut off. What takes
 * reading every byte is found by {@link ReleaseStore#verify}.
 */
final class ReleaseDamage {
  static final String FIX =
      "restore that release's folder from a backup, or go to another release: pipeline releases"
          + " list";

  private ReleaseDamage() {}

  /**
   * What is wrong with the release in {@code folder}, in a few words; empty when it looks whole.
   */
  static Optional<String> of(Path folder) {
    try {
      return manifest(folder)
          .map(found -> ofFiles(folder, found))
          .orElseGet(() -> Optional.of("it has no " + ReleaseManifest.FILE));
    } catch (Failure unreadable) {
      return Optional.of(unreadable.reason());
    }
  }

  /** The manifest in {@code folder}, if there is one. */
  static Optional<ReleaseManifest> manifest(Path folder) {
    Path file = folder.resolve(ReleaseManifest.FILE);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      ReleaseManifest manifest =
          Json.parse(Files.readString(file), ReleaseManifest.class, file.toString(), FIX);
      manifest.files().keySet().forEach(name -> requireInside(file, name));
      return Optional.of(manifest);
    } catch (IOException e) {
      throw Failure.infrastructure("cannot read " + file + ": " + Reason.of(e), FIX, e);
    }
  }

  private static Optional<String> ofFiles(Path folder, ReleaseManifest manifest) {
    return manifest.files().keySet().stream()
        .flatMap(name -> ofFile(folder, name, manifest.sizes()).stream())
        .findFirst();
  }

  private static Optional<String> ofFile(Path folder, String name, Map<String, Long> sizes) {
    try {
      long bytes = Files.size(folder.resolve(name));
      Long expected = sizes.get(name);
      return expected == null || expected == bytes
          ? Optional.empty()
          : Optional.of("%s has %d bytes, not %d".formatted(name, bytes, expected));
    } catch (IOException e) {
      return Optional.of(name + ": " + Reason.of(e));
    }
  }

  private static void requireInside(Path manifest, String name) {
    Path path = Path.of(name).normalize();
    if (path.isAbsolute() || path.startsWith("..") || !path.toString().equals(name)) {
      throw Failure.refused(manifest + " names a file outside of its release: " + name, FIX);
    }
  }
}

package dev.pipeline.jobs;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** SHA-256 of files and of whole folders. */
public final class Digests {
  private Digests() {}

  /**
   * Digest of a file's content, or of a folder's: relative names and contents in alphabetical
   * order, so that neither time stamps nor the folder's own place matter.
   */
  public static String of(Path path) {
    if (!Files.exists(path)) {
      throw Failure.refused(
          "no such file or folder: " + path, "restore it, or correct the setting that names it");
    }
    return Files.isDirectory(path) ? of(files(path)) : Hashes.sha256(path);
  }

  /** Digest of each file below {@code folder}, by its relative name. */
  public static Map<String, String> files(Path folder) {
    Map<String, String> digests = new LinkedHashMap<>();
    for (Path file : paths(folder)) {
      digests.put(folder.relativize(file).toString(), Hashes.sha256(file));
    }
    return digests;
  }

  /** Digest of a folder whose files have those digests. */
  static String of(Map<String, String> files) {
    MessageDigest digest = Hashes.sha256();
    files.forEach(
        (name, sha256) ->
            digest.update((name + " " + sha256 + "\n").getBytes(StandardCharsets.UTF_8)));
    return Hashes.hex(digest.digest());
  }

  private static List<Path> paths(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot list " + folder + ": " + e.getMessage(), "check its permissions", e);
    }
  }
}

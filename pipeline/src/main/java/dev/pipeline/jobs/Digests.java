package dev.pipeline.jobs;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;

/** SHA-256 of files and of whole folders. */
final class Digests {
  private Digests() {}

  /**
   * Digest of a file's content, or of a folder's: relative names and contents in alphabetical
   * order, so that neither time stamps nor the folder's own place matter.
   */
  static String of(Path path) {
    if (!Files.exists(path)) {
      throw Failure.refused(
          "no such file or folder: " + path, "restore it, or correct the setting that names it");
    }
    return Files.isDirectory(path) ? ofFolder(path) : Hashes.sha256(path);
  }

  private static String ofFolder(Path folder) {
    MessageDigest digest = Hashes.sha256();
    for (Path file : files(folder)) {
      String line = folder.relativize(file) + " " + Hashes.sha256(file) + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return Hashes.hex(digest.digest());
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot list " + folder + ": " + e.getMessage(), "check its permissions", e);
    }
  }
}

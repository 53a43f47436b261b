package dev.pipeline.release;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that lie in several folders and on the disk once. */
final class FileLinks {
  private FileLinks() {}

  /**
   * Makes {@code target}, which must not exist, the same file as {@code source}; a copy where the
   * file system knows no hard links.
   *
   * @param digest SHA-256 of the source, to which a copy is held
   */
  static void place(Path source, Path target, String digest) throws IOException {
    Files.createDirectories(target.getParent());
    if (!link(source, target)) {
      Files.copy(source, target);
      if (!Hashes.sha256(target).equals(digest)) {
        throw Failure.infrastructure(
            "the copy " + target + " differs from its original",
            "check the disk for errors and run the same command again",
            null);
      }
    }
  }

  /** False where the file system cannot; a disk without room is told by the copy. */
  private static boolean link(Path source, Path target) {
    try {
      // The file itself, should a name of a run's folder be a symbolic link.
      Files.createLink(target, source.toRealPath());
      return true;
    } catch (IOException | UnsupportedOperationException cannotLink) {
      return false;
    }
  }
}

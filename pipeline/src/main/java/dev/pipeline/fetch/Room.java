package dev.pipeline.fetch;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** How many bytes a folder's disk takes; a seam for full disks. */
@FunctionalInterface
interface Room {
  /** What is kept free beside the files, for whatever else writes meanwhile. */
  long MARGIN = 64L << 20;

  /** Usable bytes where {@code folder}, which exists, lies. */
  long usable(Path folder) throws IOException;

  /** What the file system says. */
  static long onDisk(Path folder) throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  /** Refuses to begin what would not fit. */
  default void require(Path folder, long bytes) {
    Path nearest = folder.toAbsolutePath().normalize();
    while (!Files.exists(nearest) && nearest.getParent() != null) {
      nearest = nearest.getParent();
    }
    try {
      long usable = usable(nearest);
      if (bytes > 0 && usable - MARGIN < bytes) {
        throw Failure.infrastructure(
            String.format(
                Locale.ROOT,
                "the disk of %s has %.3f GB free, the fetch takes %.3f",
                folder,
                usable / 1e9,
                ((double) bytes + MARGIN) / 1e9),
            "free some disk space, or name a folder on another disk with --to",
            null);
      }
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot look at the disk of " + folder + ": " + Reason.of(e),
          "check that the folder's disk is there, or name another with --to",
          e);
    }
  }
}

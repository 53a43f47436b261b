package dev.pipeline.jobs;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A folder that a run will write in, looked at without making it.
 *
 * @param key the setting that names it
 * @param folder the folder, which need not exist
 */
record OutputPlace(String key, Path folder) {
  private static final double GIGA = 1e9;

  /** Refuses a folder that cannot be made or written. */
  void requireWritable() {
    Path nearest = nearest();
    if (!Files.isDirectory(nearest)) {
      throw refused(nearest + " is no folder", null);
    }
    try {
      Files.delete(Files.createTempFile(nearest, "write", ".probe"));
    } catch (IOException e) {
      throw refused(Reason.of(e), e);
    }
  }

  /** Refuses a file system with less than {@code bytes} to spare; returns what it has. */
  long requireFree(long bytes) {
    try {
      long free = Files.getFileStore(nearest()).getUsableSpace();
      if (free < bytes) {
        throw Failure.infrastructure(
            String.format(
                Locale.ROOT,
                "%s: the disk of %s has %.3f GB free, a run takes about %.3f",
                key,
                folder,
                free / GIGA,
                bytes / GIGA),
            "free some disk space or set " + key + " to a folder on another disk",
            null);
      }
      return free;
    } catch (IOException e) {
      throw refused(Reason.of(e), e);
    }
  }

  /** The folder itself, or the nearest one above it that is there. */
  private Path nearest() {
    Path path = folder.toAbsolutePath().normalize();
    while (!Files.exists(path) && path.getParent() != null) {
      path = path.getParent();
    }
    return path;
  }

  private Failure refused(String reason, @Nullable IOException cause) {
    return Failure.infrastructure(
        key + ": cannot write in " + folder + ": " + reason,
        "set " + key + " to a folder that can be written, or correct its permissions",
        cause);
  }
}

package dev.pipeline.release;

import dev.pipeline.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder {@code models} from before releases were kept: the release in it is taken into the
 * store, so that it can come back, too.
 */
final class OldLayout {
  private final ReleaseFolders folders;

  OldLayout(ReleaseFolders folders) {
    this.folders = folders;
  }

  /** Keeps what is there, if it is a release, before anything replaces it. */
  void adopt() {
    dismiss();
    Optional<Release> current = new ReleaseLog(folders.model()).current();
    if (Files.isDirectory(folders.serving(), LinkOption.NOFOLLOW_LINKS)
        && current.isPresent()
        && !Files.exists(folders.release(current.get().version()))) {
      Map<String, ReleaseStore.Kept> files = new HashMap<>();
      for (Map.Entry<String, String> file : current.get().files().entrySet()) {
        Path path = folders.serving().resolve(file.getKey());
        if (!Files.isRegularFile(path)) {
          return;
        }
        files.put(
            ReleaseManifest.MODELS + "/" + file.getKey(),
            new ReleaseStore.Kept(path, file.getValue()));
      }
      new ReleaseStore(folders.model())
          .keep(
              String.valueOf(folders.model().getFileName()),
              current.get().version(),
              current.get().runKey(),
              files,
              Map.of());
    }
  }

  /** Removes the folder once all of it lies in the store; a stranger's file stays where it is. */
  private void dismiss() {
    Path before = folders.model().resolve("models.before");
    if (!Files.isDirectory(before, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> files = Files.list(before)) {
      for (Path file : files.toList()) {
        if (isKept(file)) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(before, e);
    }
    try {
      Files.delete(before);
    } catch (IOException notEmpty) {
      // Whoever put a file of their own there may want it.
    }
  }

  private boolean isKept(Path file) throws IOException {
    for (int version : new ReleaseStore(folders.model()).versions()) {
      Path kept = folders.served(version).resolve(String.valueOf(file.getFileName()));
      if (Files.isRegularFile(kept) && Files.mismatch(kept, file) < 0) {
        return true;
      }
    }
    return false;
  }
}

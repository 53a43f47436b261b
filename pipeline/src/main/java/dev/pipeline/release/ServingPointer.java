package dev.pipeline.release;

import dev.pipeline.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code models}, the symbolic link by which people and servers find what is served. GGUF files and
 * Modelfile change in one rename, or not at all.
 */
final class ServingPointer {
  private final ReleaseFolders folders;

  ServingPointer(ReleaseFolders folders) {
    this.folders = folders;
  }

  /** The version that it points to, if it points to a release. */
  OptionalInt version() {
    if (!Files.isSymbolicLink(folders.serving())) {
      return OptionalInt.empty();
    }
    try {
      Path target = Files.readSymbolicLink(folders.serving());
      return target.getNameCount() == 3
          ? OptionalInt.of(Integer.parseInt(target.getName(1).toString()))
          : OptionalInt.empty();
    } catch (IOException | NumberFormatException somethingElse) {
      return OptionalInt.empty();
    }
  }

  /** Makes the link that {@link #follow} puts in place, while there still is a way back. */
  void prepare(int version) {
    try {
      Files.deleteIfExists(next());
      Files.createSymbolicLink(next(), target(version));
    } catch (IOException | UnsupportedOperationException e) {
      throw AtomicFiles.cannotWrite(next(), e instanceof IOException io ? io : new IOException(e));
    }
  }

  /** Points to {@code version}. */
  void follow(int version) {
    if (version().equals(OptionalInt.of(version))) {
      return;
    }
    try {
      if (!isPrepared(version)) {
        prepare(version);
      }
      setAside();
      Files.move(
          next(),
          folders.serving(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      AtomicFiles.sync(folders.model());
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(folders.serving(), e);
    }
  }

  /** Forgets what {@link #prepare} made. */
  void forget() {
    AtomicFiles.deleteRecursively(next());
  }

  /** A folder of that name is from before there were links; nothing can replace it in one go. */
  private void setAside() throws IOException {
    if (Files.isDirectory(folders.serving(), LinkOption.NOFOLLOW_LINKS)) {
      Files.move(
          folders.serving(),
          folders.model().resolve("models.before"),
          StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private boolean isPrepared(int version) throws IOException {
    return Optional.of(next()).filter(Files::isSymbolicLink).isPresent()
        && Files.readSymbolicLink(next()).equals(target(version));
  }

  private Path next() {
    return folders.model().resolve("models" + AtomicFiles.PARTIAL);
  }

  /** Relative, so that the model's folder can be moved. */
  private Path target(int version) {
    return folders.model().relativize(folders.served(version));
  }
}

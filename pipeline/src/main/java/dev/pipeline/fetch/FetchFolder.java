package dev.pipeline.fetch;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.ExclusiveFile;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A folder that a commit of a repository is fetched to.
 *
 * @param path the folder, which need not exist
 */
record FetchFolder(Path path) {
  /** What the repository holds, kept so that an offline fetch knows what is missing. */
  private static final String LISTING = ".fetch-listing.json";

  private static final String LOCK = ".fetch.lock";

  Path resolve(HubFile file) {
    return path.resolve(file.path());
  }

  /** Runs {@code work} while no other fetch writes here. */
  <T> T exclusively(Supplier<T> work) {
    return new ExclusiveFile(path.resolve(LOCK)).hold(work);
  }

  Optional<FetchManifest> manifest() {
    return read(path.resolve(FetchManifest.NAME), FetchManifest.class);
  }

  void write(FetchManifest manifest) {
    AtomicFiles.writeString(path.resolve(FetchManifest.NAME), Json.pretty(manifest));
  }

  /** A damaged one is none: the hub is asked anew. */
  Optional<Listing> listing() {
    try {
      return read(path.resolve(LISTING), Listing.class);
    } catch (Failure failure) {
      if (failure.exitCode() == ExitCode.REFUSED) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  /** Refuses a path that is, or leads through, a file. */
  void requireFolder() {
    Path nearest = path.toAbsolutePath().normalize();
    while (nearest.getParent() != null && !Files.exists(nearest, LinkOption.NOFOLLOW_LINKS)) {
      nearest = nearest.getParent();
    }
    if (!Files.isDirectory(nearest)) {
      throw Failure.usage(nearest + " is no folder", "name a folder with --to, or remove that one");
    }
  }

  void write(Listing listing) {
    AtomicFiles.writeString(path.resolve(LISTING), Json.line(listing) + "\n");
  }

  /** Refuses a folder that holds another repository, or another commit of this one. */
  void requireOf(Listing listing) {
    Optional<Listing> there = listing();
    if (there.isEmpty() || there.get().commit().equals(listing.commit())) {
      return;
    }
    boolean same = there.get().repository().equals(listing.repository());
    throw Failure.refused(
        path
            + " holds "
            + (same ? "commit " + there.get().commit() : there.get().repository().toString())
            + ", and "
            + listing.revision()
            + " of "
            + listing.repository()
            + " is "
            + listing.commit(),
        "name another folder with --to, remove this one"
            + (same ? ", or keep it with --revision " + there.get().commit() : ""));
  }

  /** Whether the file is there with the length it should have; its content is not looked at. */
  boolean has(HubFile file) {
    Path there = resolve(file);
    try {
      return Files.isRegularFile(there, LinkOption.NOFOLLOW_LINKS)
          && Files.size(there) == file.size();
    } catch (IOException e) {
      return false;
    }
  }

  private static <T> Optional<T> read(Path file, Class<T> type) {
    try {
      return Optional.of(Json.parse(Files.readString(file), type, file.toString()));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (CharacterCodingException e) {
      throw Failure.refused("cannot parse " + file + ": it is no text", "remove the file");
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + file + ": " + Reason.of(e), "check the path and its permissions", e);
    }
  }
}

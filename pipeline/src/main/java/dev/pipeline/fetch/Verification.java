package dev.pipeline.fetch;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Reason;
import dev.pipeline.io.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Holds content against what the hub said of it, before it gets its name. */
final class Verification {
  private Verification() {}

  /**
   * Publishes a complete file if its content is right.
   *
   * @return whether it was published; else it begins anew, because a part of it was older than this
   *     process and may be what is wrong
   * @throws Failure when the content is wrong, which is then removed
   */
  static boolean publish(FileDownload download, FetchListener words, StopSignal stop) {
    PartialFile partial = download.partial();
    HubFile file = download.file();
    try {
      Digest.Kind kind = file.digest().kind();
      Digest found = partial.digest(kind, stop);
      Optional<String> placeholder = Placeholder.in(partial.path(), file);
      if (!found.equals(file.digest())) {
        if (partial.isResumed()) {
          words.word(file.path() + " is not whole with what an earlier run left: it begins anew");
          download.restart(partial.generation(), "has the wrong content");
          return false;
        }
        throw refused(
            download,
            placeholder
                .map(what -> "the server sends " + what)
                .orElse("the hub lists " + file.digest() + ", what came has " + found));
      }
      if (placeholder.isPresent()) {
        throw refused(download, "the repository itself holds " + placeholder.get());
      }
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(partial.path(), e);
    }
    partial.publish();
    return true;
  }

  /** A refusal; nothing of the file stays. */
  static Failure refused(FileDownload download, String why) {
    download.abandon();
    return refused(download.file(), why);
  }

  /** A refusal of a file of which nothing was fetched. */
  static Failure refused(HubFile file, String why) {
    return Failure.refused(
        file.path() + " is refused: " + why,
        "nothing of it was kept; if this stays so, tell who runs the repository, or name another"
            + " revision or hub");
  }

  /** Refuses a file that is there and is not what the hub lists; it is left as it is. */
  static void requireRight(Path path, HubFile file, StopSignal stop) {
    try {
      if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        throw inTheWay(path, "is no plain file");
      }
      if (Files.size(path) != file.size()) {
        throw inTheWay(path, "has " + Files.size(path) + " bytes, the hub lists " + file.size());
      }
      Digest found = Digest.of(file.digest().kind(), path, stop);
      if (!found.equals(file.digest())) {
        throw inTheWay(path, "has " + found + ", the hub lists " + file.digest());
      }
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + path + ": " + Reason.of(e), "check its permissions", e);
    }
  }

  private static Failure inTheWay(Path path, String what) {
    return Failure.refused(
        path + " is damaged or not what was fetched: it " + what,
        "move it away, then run the same command again: it is fetched anew");
  }
}

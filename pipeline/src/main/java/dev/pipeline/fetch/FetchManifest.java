package dev.pipeline.fetch;

import java.util.List;
import java.util.Optional;

/**
 * What a finished fetch left: {@code fetch.json}, written last, so that it says that all is there.
 *
 * @param repository where from
 * @param revision what was asked for
 * @param commit what that meant
 * @param hub which hub
 * @param files what is there
 */
record FetchManifest(
    RepositoryId repository, String revision, String commit, String hub, List<Entry> files) {
  static final String NAME = "fetch.json";

  FetchManifest {
    files = List.copyOf(files);
  }

  /**
   * A file that is there.
   *
   * @param path below the folder
   * @param size bytes
   * @param digest what the hub calls its content
   * @param sha256 of its content, whatever the hub calls it
   */
  record Entry(String path, long size, Digest digest, String sha256) {}

  Optional<Entry> entry(HubFile file) {
    return files.stream()
        .filter(entry -> entry.path().equals(file.path()) && entry.digest().equals(file.digest()))
        .findFirst();
  }
}

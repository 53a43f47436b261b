package dev.pipeline.fetch;

import java.util.List;

/**
 * What a repository holds at a commit.
 *
 * @param repository whose files they are
 * @param revision what was asked for
 * @param commit what it meant, 40 hex digits
 * @param files every file, as listed
 */
public record Listing(
    RepositoryId repository, String revision, String commit, List<HubFile> files) {
  /** Refuses a commit that is none: it becomes a folder's name. */
  public Listing {
    files = List.copyOf(files);
    if (!ModelReference.isCommit(commit)) {
      throw new IllegalArgumentException("no commit: " + Printable.of(commit));
    }
  }
}

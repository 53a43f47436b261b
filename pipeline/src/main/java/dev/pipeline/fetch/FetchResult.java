package dev.pipeline.fetch;

import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * What a fetch came to.
 *
 * @param repository where from
 * @param revision what was asked for
 * @param commit what that meant
 * @param folder where it is
 * @param baseModel what to write in {@code base_model:}
 * @param files the wanted files, in the hub's order
 * @param bytes length of them all
 * @param fetchedBytes how many of them were missing when it began
 * @param state what was done
 */
public record FetchResult(
    RepositoryId repository,
    String revision,
    String commit,
    @JsonSerialize(using = ToStringSerializer.class) Path folder,
    @JsonSerialize(using = ToStringSerializer.class) Path baseModel,
    List<HubFile> files,
    long bytes,
    long fetchedBytes,
    State state) {
  /** What was done. */
  public enum State {
    /** Something was missing and is there now. */
    FETCHED,
    /** Everything was there. */
    ALREADY_THERE,
    /** Nothing was done: somebody only asked. */
    NOT_FETCHED
  }

  static FetchResult of(
      Listing listing, FetchFolder folder, List<HubFile> files, long missing, State state) {
    return new FetchResult(
        listing.repository(),
        listing.revision(),
        listing.commit(),
        folder.path(),
        baseModel(folder, files),
        files,
        files.stream().mapToLong(HubFile::size).sum(),
        missing,
        state);
  }

  /** The folder, or a GGUF file in it where that is all it is for. */
  private static Path baseModel(FetchFolder folder, List<HubFile> files) {
    return files.stream().anyMatch(HubFile::isSafetensors)
        ? folder.path()
        : files.stream()
            .filter(HubFile::isGguf)
            .findFirst()
            .map(folder::resolve)
            .orElse(folder.path());
  }
}

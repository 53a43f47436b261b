package dev.pipeline.fetch;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What somebody wants fetched.
 *
 * @param model which model
 * @param hub from where
 * @param near a known model with a name like this one's, for errors
 * @param to the folder to put it in; empty for one in {@code cache}
 * @param cache where models lie when no folder is named
 * @param choice which files
 * @param connections requests at a time
 * @param mode what to do with it
 * @param verify whether files of a finished fetch are read again to compare their digests
 */
public record FetchRequest(
    ModelReference model,
    Hub hub,
    Optional<String> near,
    Optional<Path> to,
    Path cache,
    FileChoice choice,
    int connections,
    Mode mode,
    boolean verify) {
  /** What to do with it. */
  public enum Mode {
    /** Fetch what is missing. */
    FETCH,
    /** Ask nobody; use what is there. */
    OFFLINE,
    /** Say what would be fetched, and write nothing. */
    DRY_RUN
  }
}

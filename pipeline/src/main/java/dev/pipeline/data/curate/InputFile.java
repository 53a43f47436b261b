package dev.pipeline.data.curate;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.io.Hashes;
import java.nio.file.Path;
import java.util.List;

/**
 * A raw file that went into a dataset.
 *
 * @param file its name, relative to the raw folder
 */
public record InputFile(String file, @JsonProperty("sha256") String sha256) {
  /** The inputs {@code files}, digested, in the given order. */
  public static List<InputFile> of(List<Path> files) {
    return files.stream()
        .map(file -> new InputFile(String.valueOf(file.getFileName()), Hashes.sha256(file)))
        .toList();
  }
}

package dev.pipeline.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What lies in folders. */
public final class Folders {
  private Folders() {}

  /**
   * Names in {@code folder} that are of the shape {@code name}, sorted; none where it is not there.
   */
  public static List<String> names(Path folder, Pattern name) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(entry -> String.valueOf(entry.getFileName()))
          .filter(entry -> name.matcher(entry).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot list " + folder + ": " + Reason.of(e), "check its permissions", e);
    }
  }
}

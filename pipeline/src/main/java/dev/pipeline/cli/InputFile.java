package dev.pipeline.cli;

import dev.pipeline.io.Failure;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that the command line names. */
final class InputFile {
  private InputFile() {}

  /** {@code file}; one that is not there is a slip of the pen, whatever it should have held. */
  static Path of(String option, Path file) {
    if (!Files.isRegularFile(file)) {
      throw Failure.usage(
          option + " " + file + (Files.exists(file) ? " is no file" : " does not exist"),
          "check the path given to " + option);
    }
    return file;
  }
}

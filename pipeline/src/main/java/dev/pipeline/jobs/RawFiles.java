package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.read.RawLines;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files that data are made of: those of a folder, and what retraining made of feedback. */
final class RawFiles {
  private RawFiles() {}

  /** Raw conversations. */
  static List<Path> conversations(PipelineConfig config) {
    return files(config.mine().raw(), config.mine().feedbackRows());
  }

  /** Captured preferences. */
  static List<Path> preferences(PipelineConfig config) {
    return files(config.preferences().rawPreferences(), config.preferences().feedbackPairs());
  }

  private static List<Path> files(Path folder, Optional<Path> feedback) {
    return Stream.concat(RawLines.files(folder).stream(), feedback.stream()).toList();
  }
}

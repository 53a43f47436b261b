package dev.pipeline.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code mine.yaml}: raw conversations.
 *
 * @param raw folder of raw {@code *.jsonl} files; default datasets/raw
 * @param feedbackRows a further file of conversations; {@code run retrain} names the one that it
 *     makes of feedback; default none
 */
public record MineConfig(Path raw, Optional<Path> feedbackRows) {
  /** What holds without a file. */
  public static final MineConfig DEFAULTS =
      new MineConfig(Path.of("datasets/raw"), Optional.empty());

  /** Refuses an empty path. */
  public MineConfig {
    Check.notBlank("raw", raw.toString());
  }
}

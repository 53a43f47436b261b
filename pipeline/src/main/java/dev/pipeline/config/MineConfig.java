package dev.pipeline.config;

import java.nio.file.Path;

/**
 * {@code mine.yaml}: raw conversations.
 *
 * @param raw folder of raw {@code *.jsonl} files; default datasets/raw
 */
public record MineConfig(Path raw) {
  /** What holds without a file. */
  public static final MineConfig DEFAULTS = new MineConfig(Path.of("datasets/raw"));

  /** Refuses an empty path. */
  public MineConfig {
    Check.notBlank("raw", raw.toString());
  }
}

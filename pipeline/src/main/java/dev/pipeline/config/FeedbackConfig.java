package dev.pipeline.config;

import java.nio.file.Path;

/**
 * {@code feedback.yaml}: what people said about answers, and how it comes in.
 *
 * @param drop folder that {@code *.jsonl} files are taken in from; default datasets/feedback/drop
 * @param host address that {@code pipeline feedback serve} listens on; any other than this
 *     machine's needs a token in PIPELINE_FEEDBACK_TOKEN; default 127.0.0.1
 * @param port its port, 0 for a free one; default 8017
 * @param longestText characters a message, answer, edit or comment may have; default 8000
 * @param learnThumbsUp whether answers with a thumb up become candidate training rows, besides
 *     their part in pairs; default true
 */
public record FeedbackConfig(
    Path drop, String host, int port, int longestText, boolean learnThumbsUp) {
  /** What holds without a file. */
  public static final FeedbackConfig DEFAULTS =
      new FeedbackConfig(Path.of("datasets/feedback/drop"), "127.0.0.1", 8017, 8000, true);

  private static final int LAST_PORT = 65_535;

  /** Refuses values out of range. */
  public FeedbackConfig {
    Check.notBlank("drop", drop.toString());
    Check.notBlank("host", host);
    Check.atLeast("port", 0, port);
    if (port > LAST_PORT) {
      throw Check.bad("port", "must be at most " + LAST_PORT + ", was " + port);
    }
    Check.atLeast("longest_text", 1, longestText);
  }
}

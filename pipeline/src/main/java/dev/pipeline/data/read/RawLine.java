package dev.pipeline.data.read;

import dev.pipeline.data.Source;
import dev.pipeline.io.Hashes;

/**
 * One line of a raw file, decoded.
 *
 * @param file name relative to the raw folder
 * @param number from 1
 * @param complete false when the line was longer than {@link RawLines#LONGEST_LINE} bytes and its
 *     end was dropped
 * @param sha256 digest of its bytes, without the line break, as far as they were read
 */
public record RawLine(String file, int number, String text, boolean complete, String sha256) {
  /** A line that came as text. */
  public RawLine(String file, int number, String text, boolean complete) {
    this(file, number, text, complete, Hashes.sha256(text));
  }

  /** The line as a whole, as a source. */
  public Source source() {
    return source("");
  }

  /** The line as the source of {@code conversation}. */
  public Source source(String conversation) {
    return new Source(file, number, conversation, 0, sha256);
  }
}

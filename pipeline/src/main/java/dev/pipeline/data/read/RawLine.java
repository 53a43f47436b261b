package dev.pipeline.data.read;

import dev.pipeline.data.Source;

/**
 * One line of a raw file, decoded.
 *
 * @param file name relative to the raw folder
 * @param number from 1
 * @param complete false when the line was longer than {@link RawLines#LONGEST_LINE} bytes and its
 *     end was dropped
 */
public record RawLine(String file, int number, String text, boolean complete) {
  /** The line as a whole, as a source. */
  public Source source() {
    return source("");
  }

  /** The line as the source of {@code conversation}. */
  public Source source(String conversation) {
    return new Source(file, number, conversation, 0);
  }
}

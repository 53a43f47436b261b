package dev.pipeline.data;

import java.util.Objects;

/**
 * Where a row was mined.
 *
 * @param file name of the raw file, relative to the raw folder
 * @param line line number, from 1
 * @param conversation the conversation's own id; empty when the line could not be read
 * @param turn the buyer reply's number within the conversation, from 1; 0 for the whole line
 */
public record Source(String file, int line, String conversation, int turn) {
  /** Rejects a source without file or conversation. */
  public Source {
    Objects.requireNonNull(file, "source.file is missing");
    Objects.requireNonNull(conversation, "source.conversation is missing");
  }
}

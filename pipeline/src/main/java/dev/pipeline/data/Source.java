package dev.pipeline.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a row was mined.
 *
 * @param file name of the raw file, relative to the raw folder
 * @param line line number, from 1
 * @param conversation the conversation's own id; empty when the line could not be read
 * @param turn the buyer reply's number within the conversation, from 1; 0 for the whole line
 * @param raw SHA-256 of the line's bytes, without its line break: by it who holds the line finds
 *     what became of it, and nobody else; null where nobody noted it
 */
public record Source(
    String file,
    int line,
    String conversation,
    int turn,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String raw) {
  /** Rejects a source without file or conversation. */
  public Source {
    Objects.requireNonNull(file, "source.file is missing");
    Objects.requireNonNull(conversation, "source.conversation is missing");
  }

  /** A source whose bytes nobody noted. */
  public Source(String file, int line, String conversation, int turn) {
    this(file, line, conversation, turn, null);
  }

  /** A reply of {@code otherConversation} in the same line. */
  public Source reply(String otherConversation, int number) {
    return new Source(file, line, otherConversation, number, raw);
  }
}

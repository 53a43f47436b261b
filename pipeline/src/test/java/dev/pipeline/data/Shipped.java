package dev.pipeline.data;

import dev.pipeline.data.lint.TokenCounter;
import dev.pipeline.data.read.ConversationReader;
import dev.pipeline.data.read.RawLines;
import dev.pipeline.data.read.Reading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The shipped data, for tests. */
public final class Shipped {
  /** The datasets folder; tests run in the module's folder. */
  public static final Path DATASETS = Path.of("..", "datasets");

  /** Stands in for a tokenizer: about the tokens that a vocabulary of 2,048 gives English. */
  public static final TokenCounter TOKENS = text -> (int) Math.ceil(text.length() / 3.4);

  private Shipped() {}

  /** Every raw line that is a conversation. */
  public static List<Conversation> conversations() {
    List<Conversation> conversations = new ArrayList<>();
    RawLines.forEach(
        RawLines.files(DATASETS.resolve("raw")),
        line -> {
          if (ConversationReader.read(line) instanceof Reading.Understood understood) {
            conversations.add(understood.conversation());
          }
        });
    return conversations;
  }
}

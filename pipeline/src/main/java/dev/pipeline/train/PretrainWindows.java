package dev.pipeline.train;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.chat.ChatModel;
import dev.pipeline.chat.TrainingExample;
import dev.pipeline.data.corpus.CorpusGenerator;
import dev.pipeline.data.corpus.Document;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Cuts generated documents, one after the other with an end-of-text token between them, into
 * windows of equal length. All tokens carry loss. Each epoch has text of its own.
 */
public final class PretrainWindows {
  private static final String SEPARATOR = "<|endoftext|>";

  private final ChatModel chat;
  private final Path grammars;
  private final int length;
  private final int windows;

  /**
   * A source of windows.
   *
   * @param grammars folder of grammar files
   * @param length tokens of a window
   * @param windows windows of an epoch
   */
  public PretrainWindows(ChatModel chat, Path grammars, int length, int windows) {
    this.chat = chat;
    this.grammars = grammars;
    this.length = length;
    this.windows = windows;
  }

  /** The windows that {@code seed} generates. */
  public List<TrainingExample> of(long seed) {
    List<TrainingExample> examples = new ArrayList<>();
    Iterator<Document> documents =
        CorpusGenerator.fromFolder(grammars, seed).documents().iterator();
    long[] pending = new long[0];
    while (examples.size() < windows) {
      long[] next = chat.tokenizer().encode(text(documents.next()) + SEPARATOR);
      int old = pending.length;
      pending = Arrays.copyOf(pending, old + next.length);
      System.arraycopy(next, 0, pending, old, next.length);
      while (pending.length >= length && examples.size() < windows) {
        examples.add(
            new TrainingExample("window-" + examples.size(), Arrays.copyOf(pending, length), 1));
        pending = Arrays.copyOfRange(pending, length, pending.length);
      }
    }
    return examples;
  }

  private String text(Document document) {
    if (document instanceof Document.Prose prose) {
      return prose.text();
    }
    Document.Dialogue dialogue = (Document.Dialogue) document;
    return chat.template()
        .render(
            dialogue.messages().stream()
                .map(message -> new ChatMessage(message.role(), message.content()))
                .toList(),
            false);
  }
}

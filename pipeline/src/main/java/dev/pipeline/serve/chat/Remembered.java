package dev.pipeline.serve.chat;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.talk.Conversation.Turn;
import dev.pipeline.talk.Speaker;
import java.util.ArrayList;
import java.util.List;

/**
 * What the model is told of a conversation so far.
 *
 * @param summary of the turns before; may be empty
 * @param turns that go whole, oldest first
 * @param summarised messages that the summary stands for
 */
record Remembered(String summary, List<Turn> turns, int summarised) {
  Remembered {
    turns = List.copyOf(turns);
  }

  static Remembered nothing() {
    return new Remembered("", List.of(), 0);
  }

  /** What is kept of {@code conversation}. */
  static Remembered of(ChatConversationView conversation, List<ChatMessageView> messages) {
    List<Turn> turns = new ArrayList<>();
    for (int i = conversation.summarised(); i + 1 < messages.size(); i += 2) {
      turns.add(new Turn(messages.get(i).content(), messages.get(i + 1).content()));
    }
    return new Remembered(conversation.summary(), turns, conversation.summarised());
  }

  /** The system message with the summary, where there is one. */
  String system(String prompt) {
    return summary.isEmpty()
        ? prompt
        : (prompt + "\n\nEarlier in this conversation: " + summary).strip();
  }

  /** Tokens of all of it with {@code question}. */
  int tokens(Speaker speaker, String prompt, String question) {
    List<ChatMessage> messages = new ArrayList<>();
    if (!system(prompt).isEmpty()) {
      messages.add(ChatMessage.system(system(prompt)));
    }
    for (Turn turn : turns) {
      messages.add(ChatMessage.user(turn.question()));
      messages.add(ChatMessage.assistant(turn.answer()));
    }
    messages.add(ChatMessage.user(question));
    return speaker.count(messages);
  }

  /** The older half, which a summary is to stand for. */
  List<Turn> older() {
    return turns.subList(0, (turns.size() + 1) / 2);
  }

  /** The same with {@code words} for the older half. */
  Remembered withSummary(String words) {
    int gone = older().size();
    return new Remembered(words, turns.subList(gone, turns.size()), summarised + 2 * gone);
  }
}

package dev.pipeline.serve.chat;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.talk.Answering;
import dev.pipeline.talk.Conversation;
import dev.pipeline.talk.Listener;
import dev.pipeline.talk.Reply;
import dev.pipeline.talk.Speaker;
import dev.pipeline.talk.StopButton;
import java.util.List;

/**
 * Lets the model say in few words what was said in many. It is as good as the model: a small one
 * keeps names and loses the thread.
 */
final class Summaries {
  private static final int MOST_TOKENS = 200;

  private static final String TASK =
      "You summarise conversations. Keep names, numbers, what was agreed and what is open. Write at"
          + " most 120 words, and nothing else.";

  private Summaries() {}

  /**
   * What {@code earlier} and {@code turns} say, in the model's words; empty where it says nothing.
   *
   * @param earlier what an earlier summary said; may be empty
   */
  static String of(
      Speaker speaker, String earlier, List<Conversation.Turn> turns, StopButton stop) {
    for (int first = 0; first < turns.size(); first++) {
      List<ChatMessage> request = request(earlier, turns.subList(first, turns.size()));
      int room = speaker.contextTokens() - speaker.count(request);
      if (room >= MOST_TOKENS || (first == turns.size() - 1 && room > 0)) {
        Reply reply =
            speaker
                .answer(
                    List.of(request),
                    Answering.greedy(Math.min(room, MOST_TOKENS)),
                    Listener.DEAF,
                    stop)
                .get(0);
        return reply.answer().strip();
      }
    }
    return "";
  }

  private static List<ChatMessage> request(String earlier, List<Conversation.Turn> turns) {
    StringBuilder text = new StringBuilder();
    if (!earlier.isEmpty()) {
      text.append("Before that: ").append(earlier).append("\n\n");
    }
    for (Conversation.Turn turn : turns) {
      text.append("Person: ").append(turn.question()).append('\n');
      text.append("Assistant: ").append(turn.answer()).append('\n');
    }
    text.append("\nSummarise this conversation.");
    return List.of(ChatMessage.system(TASK), ChatMessage.user(text.toString()));
  }
}

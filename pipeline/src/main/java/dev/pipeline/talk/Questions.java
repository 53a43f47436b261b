package dev.pipeline.talk;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Questions that have nothing to do with each other, answered as many at once as the speaker takes.
 */
public final class Questions {
  private final Speaker speaker;
  private final Answering how;
  private final List<List<ChatMessage>> conversations;

  /** Questions, each with whatever frames it. */
  public Questions(Speaker speaker, Answering how, List<List<ChatMessage>> conversations) {
    this.speaker = speaker;
    this.how = how;
    this.conversations = List.copyOf(conversations);
  }

  /**
   * Answers all, unless {@code stop} is pressed: then those that were begun.
   *
   * @param listener hears of pieces by index of the question
   * @return replies in the questions' order
   */
  public List<Reply> answer(Listener listener, StopButton stop) {
    List<Integer> together = new ArrayList<>();
    List<Integer> alone = new ArrayList<>();
    int[] room = new int[conversations.size()];
    for (int i = 0; i < room.length; i++) {
      room[i] = room(i);
      // A long one must not make its neighbours' answers shorter.
      (room[i] >= how.maxTokens() ? together : alone).add(i);
    }
    @Nullable Reply[] replies = new Reply[room.length];
    for (int start = 0; start < together.size(); start += speaker.parallel()) {
      int end = Math.min(together.size(), start + speaker.parallel());
      answer(together.subList(start, end), how, listener, stop, replies);
    }
    for (int i : alone) {
      answer(List.of(i), how.atMost(room[i]), listener, stop, replies);
    }
    List<Reply> answered = new ArrayList<>();
    Arrays.stream(replies).forEach(reply -> addIfThere(answered, reply));
    return answered;
  }

  private static void addIfThere(List<Reply> answered, @Nullable Reply reply) {
    if (reply != null) {
      answered.add(reply);
    }
  }

  private void answer(
      List<Integer> indices,
      Answering limited,
      Listener listener,
      StopButton stop,
      @Nullable Reply[] replies) {
    if (stop.isPressed()) {
      return;
    }
    List<Reply> made =
        speaker.answer(
            indices.stream().map(conversations::get).toList(),
            limited,
            (place, piece) -> listener.said(indices.get(place), piece),
            stop);
    for (int place = 0; place < made.size(); place++) {
      replies[indices.get(place)] = made.get(place);
    }
  }

  /** Tokens that the answer to a question may have. */
  private int room(int index) {
    int taken = speaker.count(conversations.get(index));
    if (taken >= speaker.contextTokens()) {
      throw Failure.refused(
          "question %d takes %d tokens, the context window (CONTEXT_WINDOW_SIZE) holds %d"
              .formatted(index + 1, taken, speaker.contextTokens()),
          "ask in fewer words or with less context, or give --context-window more tokens");
    }
    return speaker.contextTokens() - taken;
  }
}

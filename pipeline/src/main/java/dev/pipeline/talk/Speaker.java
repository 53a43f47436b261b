package dev.pipeline.talk;

import dev.pipeline.chat.ChatMessage;
import java.util.List;

/** A model that is loaded and can be talked with. One thread talks at a time. */
public interface Speaker extends AutoCloseable {
  /** What it is, for people: file or adapter, type of the weights, and what runs it. */
  String name();

  /** Type of its weights, such as {@code Q4_K - Medium}, {@code NF4} or {@code float32}. */
  String weights();

  /** Most tokens of a conversation and its answer together. */
  int contextTokens();

  /** Conversations that are answered side by side. */
  int parallel();

  /** Tokens that {@code conversation} takes, the opening of the answer included. */
  int count(List<ChatMessage> conversation);

  /**
   * Answers conversations whose last messages are questions, at most {@link #parallel} of them.
   *
   * @param listener hears of each piece as it is written, by index of its conversation
   * @param stop ends all answers between two tokens; what is written by then is the reply
   * @return a reply each, in order
   */
  List<Reply> answer(
      List<List<ChatMessage>> conversations, Answering how, Listener listener, StopButton stop);

  /** Memory that the model takes at most, so far. */
  Footprint footprint();

  @Override
  void close();
}

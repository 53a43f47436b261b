package dev.pipeline.serve.chat;

import dev.pipeline.talk.StopButton;

/** One who asked, and hears what becomes of it; called by one thread at a time. */
interface Waiting {
  /** What is asked. */
  Question question();

  /** Ends the answer when the one who asked has gone. */
  StopButton stop();

  /**
   * Moved up.
   *
   * @param position 0 is next
   */
  void queued(int position, double waitSeconds);

  /** The model wrote {@code piece}. */
  void said(String piece);

  /** The end. */
  void answered(ChatAnswer answer);

  /** The other end. */
  void failed(RuntimeException why);

  /**
   * A question whose ids are known.
   *
   * @param query as it was asked
   */
  record Question(String sessionId, String conversationId, ChatQuery query) {}
}

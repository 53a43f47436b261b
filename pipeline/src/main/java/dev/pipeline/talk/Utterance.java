package dev.pipeline.talk;

import dev.pipeline.chat.ReplyCleaner;

/** A reply while it is written: cleaned, timed, and told piece by piece. */
final class Utterance {
  private final int index;
  private final int promptTokens;
  private final int readTokens;
  private final ReplyCleaner cleaner;
  private final Listener listener;
  private final long started;
  private final StringBuilder text = new StringBuilder();
  private int sampled;
  private int tokens;
  private long first;
  private long last;

  /**
   * A reply to the conversation {@code index}.
   *
   * @param readTokens of the prompt that the model has to read
   * @param started {@link System#nanoTime} of the question
   */
  Utterance(
      int index,
      int promptTokens,
      int readTokens,
      ReplyCleaner cleaner,
      Listener listener,
      long started) {
    this.index = index;
    this.promptTokens = promptTokens;
    this.readTokens = readTokens;
    this.cleaner = cleaner;
    this.listener = listener;
    this.started = started;
  }

  /** A token was sampled. */
  void sampled() {
    last = System.nanoTime() - started;
    first = sampled == 0 ? last : first;
    sampled++;
  }

  /** The token that was sampled last has, with those before, made {@code piece} readable. */
  void said(String piece) {
    tokens++;
    tell(cleaner.add(piece));
  }

  /** Whether a tag ended the reply, so that the model need not go on. */
  boolean isOver() {
    return cleaner.ended();
  }

  /** The reply, told to its end. */
  Reply reply(StoppedBy stoppedBy) {
    boolean over = cleaner.ended();
    tell(cleaner.finish());
    long end = sampled == 0 ? System.nanoTime() - started : last;
    return new Reply(
        text.toString(),
        promptTokens,
        tokens,
        over ? StoppedBy.MODEL : stoppedBy,
        Reply.Timings.of(readTokens, sampled, sampled == 0 ? end : first, end));
  }

  private void tell(String piece) {
    if (!piece.isEmpty()) {
      text.append(piece);
      listener.said(index, piece);
    }
  }
}

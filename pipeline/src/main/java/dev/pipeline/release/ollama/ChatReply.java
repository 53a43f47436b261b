package dev.pipeline.release.ollama;

/**
 * An answer of {@code /api/chat}.
 *
 * @param text what the model wrote, all parts of the stream together
 * @param doneReason why it ended: {@code stop} by itself, {@code length} at the limit
 * @param tokens how many it wrote; 0 where the server does not say
 */
public record ChatReply(String text, String doneReason, int tokens) {
  /** Whether the model ended by itself. */
  public boolean endedByItself() {
    return doneReason.equals("stop");
  }
}

package dev.pipeline.chat;

/**
 * One message of a conversation.
 *
 * @param role {@code system}, {@code user} or {@code assistant}
 * @param content the text, as written
 */
public record ChatMessage(String role, String content) {
  /** What frames the conversation. */
  public static ChatMessage system(String content) {
    return new ChatMessage("system", content);
  }

  /** What is asked. */
  public static ChatMessage user(String content) {
    return new ChatMessage("user", content);
  }

  /** What is answered, and what training learns. */
  public static ChatMessage assistant(String content) {
    return new ChatMessage("assistant", content);
  }
}

package dev.pipeline.serve.chat;

/** How much was forgotten. */
public record Cleared(int conversations, int messages) {
  Cleared plus(Cleared other) {
    return new Cleared(conversations + other.conversations, messages + other.messages);
  }
}

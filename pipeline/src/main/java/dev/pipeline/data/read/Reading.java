package dev.pipeline.data.read;

import dev.pipeline.data.Conversation;
import dev.pipeline.data.Rejected;

/** What became of a raw line. */
public sealed interface Reading {
  /** It is a conversation. */
  record Understood(Conversation conversation) implements Reading {}

  /** It is not, and this is why. */
  record Unreadable(Rejected rejected) implements Reading {}
}

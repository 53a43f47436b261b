package dev.pipeline.talk;

/** Hears replies while they are written. */
@FunctionalInterface
public interface Listener {
  /** Waits for the whole reply. */
  Listener DEAF = (conversation, piece) -> {};

  /** Hears {@code piece}, never empty and free of tags, of the reply to that conversation. */
  void said(int conversation, String piece);
}

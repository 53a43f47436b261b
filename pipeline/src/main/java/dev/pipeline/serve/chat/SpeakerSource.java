package dev.pipeline.serve.chat;

import dev.pipeline.talk.Speaker;

/** Where another model than the configured one comes from. */
@FunctionalInterface
public interface SpeakerSource {
  /** Loads it. */
  Speaker open();
}

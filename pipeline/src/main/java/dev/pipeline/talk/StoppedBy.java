package dev.pipeline.talk;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a reply ended. */
public enum StoppedBy {
  /** The model ended it, by its own token or one of its stop words. */
  @JsonProperty("stop")
  MODEL,
  /** It was as long as it may be. */
  @JsonProperty("length")
  LENGTH,
  /** The context is full. */
  @JsonProperty("context")
  CONTEXT,
  /** A person wanted no more of it. */
  @JsonProperty("interrupted")
  PERSON
}

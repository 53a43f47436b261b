package dev.pipeline.generate;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why an answer ended. */
public enum Ended {
  /** The model wrote a stop token or a stop text. */
  @JsonProperty("stop")
  STOP,
  /** It was as long as it may be. */
  @JsonProperty("length")
  LENGTH,
  /** Whoever watched wanted no more of it. */
  @JsonProperty("watch")
  WATCH
}

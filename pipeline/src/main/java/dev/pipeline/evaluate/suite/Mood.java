package dev.pipeline.evaluate.suite;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a supplier feels, and what tone that calls for. */
public enum Mood {
  /** Things go wrong for them. */
  @JsonProperty("frustrated")
  FRUSTRATED(Tone.SOOTHING),
  /** They want it settled. */
  @JsonProperty("impatient")
  IMPATIENT(Tone.SOOTHING),
  /** They fear a loss. */
  @JsonProperty("anxious")
  ANXIOUS(Tone.SOOTHING),
  /** They expected better. */
  @JsonProperty("disappointed")
  DISAPPOINTED(Tone.SOOTHING),
  /** They doubt what they are told. */
  @JsonProperty("wary")
  WARY(Tone.SOOTHING),
  /** They enjoy the exchange. */
  @JsonProperty("friendly")
  FRIENDLY(Tone.WARM),
  /** They expect an agreement. */
  @JsonProperty("hopeful")
  HOPEFUL(Tone.WARM),
  /** A worry is gone. */
  @JsonProperty("relieved")
  RELIEVED(Tone.WARM),
  /** They stick to facts. */
  @JsonProperty("businesslike")
  BUSINESSLIKE(Tone.LEVEL),
  /** They hold their position. */
  @JsonProperty("firm")
  FIRM(Tone.LEVEL);

  /** What an answer should sound like. */
  public enum Tone {
    /** Acknowledges first, without exclamation marks. */
    SOOTHING,
    /** Returns the kindness. */
    WARM,
    /** Neither exclaims nor grovels. */
    LEVEL
  }

  private final Tone tone;

  Mood(Tone tone) {
    this.tone = tone;
  }

  /** The tone it calls for. */
  public Tone tone() {
    return tone;
  }
}

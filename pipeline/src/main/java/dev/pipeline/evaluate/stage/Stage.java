package dev.pipeline.evaluate.stage;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A form that the model takes on its way to be served, and how far its predictions may be from
 * those of the form before.
 */
public enum Stage {
  /** Base and adapter on the engine that trained them. */
  @JsonProperty("trained")
  TRAINED("trained", 0, 1),
  /** Merged into one set of 16-bit weights, on the same engine. */
  @JsonProperty("merged")
  MERGED("merged", 1e-3, 0.99),
  /** The same weights in llama.cpp. */
  @JsonProperty("f16")
  F16("F16 in llama.cpp", 1e-3, 0.99),
  /** The file that is served. Q4_K_M of an 8B model has 0.03 and 92 %; smaller ones have more. */
  @JsonProperty("quantised")
  QUANTISED("quantised", 0.1, 0.85);

  private final String words;
  private final double mostDivergence;
  private final double leastAgreement;

  Stage(String words, double mostDivergence, double leastAgreement) {
    this.words = words;
    this.mostDivergence = mostDivergence;
    this.leastAgreement = leastAgreement;
  }

  /** What people call it. */
  public String words() {
    return words;
  }

  /** Greatest mean Kullback-Leibler divergence from the stage before, in nats. */
  public double mostDivergence() {
    return mostDivergence;
  }

  /** Least share of positions where both prefer the same token. */
  public double leastAgreement() {
    return leastAgreement;
  }
}

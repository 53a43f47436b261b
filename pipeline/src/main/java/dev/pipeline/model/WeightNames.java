package dev.pipeline.model;

/** Names of the weights outside the layers. */
public final class WeightNames {
  /** {@code [V, H]}. */
  public static final String EMBEDDING = "model.embed_tokens.weight";

  /** {@code [H]}. */
  public static final String FINAL_NORM = "model.norm.weight";

  /** {@code [V, H]}; absent when tied to the embedding. */
  public static final String HEAD = "lm_head.weight";

  /** What precedes a layer's number. */
  static final String LAYERS = "model.layers.";

  private WeightNames() {}

  /** What precedes a weight of layer {@code index}. */
  public static String layer(int index) {
    return LAYERS + index + ".";
  }

  static LayerWeight embedding(DecoderShape shape) {
    return LayerWeight.matrix(EMBEDDING, "token_embd.weight", shape.vocabulary(), shape.hidden());
  }

  static LayerWeight head(DecoderShape shape) {
    return LayerWeight.matrix(HEAD, "output.weight", shape.vocabulary(), shape.hidden());
  }
}

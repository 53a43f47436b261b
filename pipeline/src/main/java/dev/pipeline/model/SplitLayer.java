package dev.pipeline.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The weights of a layer that keeps q, k, v, gate and up apart, as Llama does. */
final class SplitLayer {
  /** The method of {@code torchscript/decoder.ts} for such layers. */
  static final String METHOD = "split_layer";

  private SplitLayer() {}

  /**
   * Norms and matrices.
   *
   * @param turned whether GGUF turns the rows of q and k, as it does for its {@code llama}
   */
  static List<LayerWeight> weights(DecoderShape s, boolean turned) {
    int hidden = s.hidden();
    int queryHeads = turned ? s.heads() : 0;
    int keyHeads = turned ? s.keyValueHeads() : 0;
    List<LayerWeight> weights = new ArrayList<>();
    weights.add(LayerWeight.vector("input_layernorm.weight", "attn_norm.weight", hidden));
    weights.add(attention("q", s.queryWidth(), hidden, queryHeads));
    weights.add(attention("k", s.keyValueWidth(), hidden, keyHeads));
    weights.add(attention("v", s.keyValueWidth(), hidden, 0));
    weights.add(
        LayerWeight.matrix(
            "self_attn.o_proj.weight", "attn_output.weight", hidden, s.queryWidth()));
    weights.add(LayerWeight.vector("post_attention_layernorm.weight", "ffn_norm.weight", hidden));
    weights.add(feedForward("gate", s.feedForward(), hidden));
    weights.add(feedForward("up", s.feedForward(), hidden));
    weights.add(feedForward("down", hidden, s.feedForward()));
    return weights;
  }

  /** The biases of those {@code weights} whose names begin with one of {@code prefixes}. */
  static List<LayerWeight> biases(List<LayerWeight> weights, String... prefixes) {
    return weights.stream()
        .filter(weight -> !weight.isVector())
        .filter(weight -> Stream.of(prefixes).anyMatch(weight.name()::startsWith))
        .map(LayerWeight::bias)
        .toList();
  }

  private static LayerWeight attention(String letter, int rows, int columns, int turnedHeads) {
    return new LayerWeight(
        "self_attn." + letter + "_proj.weight",
        "attn_" + letter + ".weight",
        rows,
        columns,
        turnedHeads);
  }

  private static LayerWeight feedForward(String part, int rows, int columns) {
    return LayerWeight.matrix(
        "mlp." + part + "_proj.weight", "ffn_" + part + ".weight", rows, columns);
  }
}

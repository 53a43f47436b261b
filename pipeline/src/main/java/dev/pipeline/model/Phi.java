package dev.pipeline.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Phi-1, Phi-1.5 and Phi-2 ({@code PhiForCausalLM}): attention and feed-forward side by side, layer
 * norms, biases everywhere, rotary positions on a part of each head.
 */
final class Phi implements Architecture {
  @Override
  public String name() {
    return "PhiForCausalLM";
  }

  @Override
  public DecoderShape shape(JsonNode json, String origin) {
    ConfigReader config = new ConfigReader(json, origin);
    config.require("hidden_act", "gelu_new");
    if (config.flag("qk_layernorm")) {
      throw config.refused("qk_layernorm is not supported", "use a model without it");
    }
    int heads = config.positive("num_attention_heads");
    int hidden = config.positive("hidden_size");
    int headSize = hidden / heads;
    return new DecoderShape(
        hidden,
        config.layers(),
        heads,
        config.keyValueHeads(heads, heads),
        headSize,
        config.positive("intermediate_size"),
        config.positive("vocab_size"),
        config.positive("max_position_embeddings"),
        config.positiveNumber("layer_norm_eps", 1e-5),
        RopeReader.read(config, headSize, 0.5),
        SlidingWindow.NONE,
        true,
        true,
        config.flag("tie_word_embeddings"));
  }

  @Override
  public List<LayerWeight> layerWeights(DecoderShape s) {
    int hidden = s.hidden();
    int keys = s.keyValueWidth();
    List<LayerWeight> matrices =
        List.of(
            LayerWeight.matrix("self_attn.q_proj.weight", "attn_q.weight", s.queryWidth(), hidden),
            LayerWeight.matrix("self_attn.k_proj.weight", "attn_k.weight", keys, hidden),
            LayerWeight.matrix("self_attn.v_proj.weight", "attn_v.weight", keys, hidden),
            LayerWeight.matrix(
                "self_attn.dense.weight", "attn_output.weight", hidden, s.queryWidth()),
            LayerWeight.matrix("mlp.fc1.weight", "ffn_up.weight", s.feedForward(), hidden),
            LayerWeight.matrix("mlp.fc2.weight", "ffn_down.weight", hidden, s.feedForward()));
    List<LayerWeight> weights = new ArrayList<>();
    weights.add(LayerWeight.vector("input_layernorm.weight", "attn_norm.weight", hidden));
    weights.add(LayerWeight.vector("input_layernorm.bias", "attn_norm.bias", hidden));
    weights.addAll(matrices);
    matrices.forEach(matrix -> weights.add(matrix.bias()));
    return weights;
  }

  @Override
  public List<LayerWeight> finalWeights(DecoderShape s) {
    List<LayerWeight> weights = new ArrayList<>();
    weights.add(
        LayerWeight.vector("model.final_layernorm.weight", "output_norm.weight", s.hidden()));
    if (!s.tiedHead()) {
      weights.add(WeightNames.head(s));
    }
    weights.add(LayerWeight.vector("model.final_layernorm.bias", "output_norm.bias", s.hidden()));
    weights.add(WeightNames.head(s).bias());
    return weights;
  }

  @Override
  public String layerMethod() {
    return "parallel_layer";
  }

  @Override
  public String ggufName() {
    return "phi2";
  }

  @Override
  public Map<String, Object> ggufKeys(DecoderShape s, JsonNode config, String origin) {
    GgufKeys.requireNoTable(s, origin);
    Map<String, Object> keys = new LinkedHashMap<>(GgufKeys.common(s));
    keys.remove("attention.layer_norm_rms_epsilon");
    keys.put("attention.layer_norm_epsilon", (float) s.normEpsilon());
    return keys;
  }
}

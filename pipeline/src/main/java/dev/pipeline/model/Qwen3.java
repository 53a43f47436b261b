package dev.pipeline.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Qwen3 ({@code Qwen3ForCausalLM}): Llama's layers with a norm on each head of q and k, and heads
 * whose size does not follow from the hidden width.
 */
final class Qwen3 implements Architecture {
  @Override
  public String name() {
    return "Qwen3ForCausalLM";
  }

  @Override
  public DecoderShape shape(JsonNode json, String origin) {
    ConfigReader config = new ConfigReader(json, origin);
    config.require("hidden_act", "silu");
    int heads = config.positive("num_attention_heads");
    int headSize = config.positiveOr("head_dim", 128);
    int layers = config.layers();
    return new DecoderShape(
        config.positive("hidden_size"),
        layers,
        heads,
        config.keyValueHeads(heads, json.has("num_key_value_heads") ? heads : 32),
        headSize,
        config.positive("intermediate_size"),
        config.positive("vocab_size"),
        config.positive("max_position_embeddings"),
        config.positiveNumber("rms_norm_eps", 1e-6),
        RopeReader.read(config, headSize, 1.0),
        QwenWindow.read(json, config, layers),
        config.flag("attention_bias"),
        false,
        config.flag("tie_word_embeddings"));
  }

  @Override
  public List<LayerWeight> layerWeights(DecoderShape s) {
    List<LayerWeight> matrices = SplitLayer.weights(s, false);
    List<LayerWeight> weights = new ArrayList<>(matrices);
    weights.add(LayerWeight.vector("self_attn.q_norm.weight", "attn_q_norm.weight", s.headSize()));
    weights.add(LayerWeight.vector("self_attn.k_norm.weight", "attn_k_norm.weight", s.headSize()));
    if (s.attentionBias()) {
      weights.addAll(SplitLayer.biases(matrices, "self_attn."));
    }
    return weights;
  }

  @Override
  public String layerMethod() {
    return SplitLayer.METHOD;
  }

  @Override
  public String ggufName() {
    return "qwen3";
  }

  @Override
  public Map<String, Object> ggufKeys(DecoderShape s, JsonNode json, String origin) {
    GgufKeys.requireNoTable(s, origin);
    if (s.attentionBias()) {
      throw new ConfigReader(json, origin)
          .refused("attention_bias: llama.cpp has no biases for qwen3", "use a model without them");
    }
    Map<String, Object> keys = GgufKeys.common(s);
    keys.put("attention.key_length", s.headSize());
    keys.put("attention.value_length", s.headSize());
    return keys;
  }
}

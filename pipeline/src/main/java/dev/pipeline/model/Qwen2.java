package dev.pipeline.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Qwen2 and Qwen2.5 ({@code Qwen2ForCausalLM}): Llama's layers with biases on q, k and v. */
final class Qwen2 implements Architecture {
  @Override
  public String name() {
    return "Qwen2ForCausalLM";
  }

  @Override
  public DecoderShape shape(JsonNode json, String origin) {
    ConfigReader config = new ConfigReader(json, origin);
    config.require("hidden_act", "silu");
    int heads = config.positive("num_attention_heads");
    int hidden = config.positive("hidden_size");
    int headSize = config.positiveOr("head_dim", hidden / heads);
    int layers = config.layers();
    return new DecoderShape(
        hidden,
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
        true,
        false,
        config.flag("tie_word_embeddings"));
  }

  @Override
  public List<LayerWeight> layerWeights(DecoderShape s) {
    List<LayerWeight> matrices = SplitLayer.weights(s, false);
    List<LayerWeight> weights = new ArrayList<>(matrices);
    weights.addAll(SplitLayer.biases(matrices, "self_attn.q_", "self_attn.k_", "self_attn.v_"));
    return weights;
  }

  @Override
  public String layerMethod() {
    return SplitLayer.METHOD;
  }

  @Override
  public String ggufName() {
    return "qwen2";
  }

  @Override
  public Map<String, Object> ggufKeys(DecoderShape s, JsonNode config, String origin) {
    GgufKeys.requireNoTable(s, origin);
    return GgufKeys.common(s);
  }
}

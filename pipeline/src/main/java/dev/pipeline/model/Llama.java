package dev.pipeline.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Llama 2, Code Llama, Llama 3.x, TinyLlama and SmolLM2 ({@code LlamaForCausalLM}). */
final class Llama implements Architecture {
  @Override
  public String name() {
    return "LlamaForCausalLM";
  }

  @Override
  public DecoderShape shape(JsonNode json, String origin) {
    ConfigReader config = new ConfigReader(json, origin);
    config.require("hidden_act", "silu");
    int heads = config.positive("num_attention_heads");
    int hidden = config.positive("hidden_size");
    int headSize = config.positiveOr("head_dim", hidden / heads);
    return new DecoderShape(
        hidden,
        config.layers(),
        heads,
        config.keyValueHeads(heads, heads),
        headSize,
        config.positive("intermediate_size"),
        config.positive("vocab_size"),
        config.positive("max_position_embeddings"),
        config.positiveNumber("rms_norm_eps", 1e-6),
        RopeReader.read(config, headSize, 1.0),
        SlidingWindow.NONE,
        config.flag("attention_bias"),
        config.flag("mlp_bias"),
        config.flag("tie_word_embeddings"));
  }

  @Override
  public List<LayerWeight> layerWeights(DecoderShape s) {
    List<LayerWeight> matrices = SplitLayer.weights(s, true);
    List<LayerWeight> weights = new ArrayList<>(matrices);
    if (s.attentionBias()) {
      weights.addAll(SplitLayer.biases(matrices, "self_attn."));
    }
    if (s.feedForwardBias()) {
      weights.addAll(SplitLayer.biases(matrices, "mlp."));
    }
    return weights;
  }

  @Override
  public String layerMethod() {
    return SplitLayer.METHOD;
  }

  @Override
  public String ggufName() {
    return "llama";
  }

  @Override
  public Map<String, Object> ggufKeys(DecoderShape s, JsonNode config, String origin) {
    GgufKeys.requireOneTable(s, origin);
    Map<String, Object> keys = GgufKeys.common(s);
    keys.put("vocab_size", s.vocabulary());
    return keys;
  }

  @Override
  public Map<String, List<Float>> ggufTables(DecoderShape s) {
    return GgufKeys.frequencyTable(s);
  }
}

package dev.pipeline.model;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Mistral 7B and its kin ({@code MistralForCausalLM}): Llama's layers, early versions with a
 * sliding window. llama.cpp calls it {@code llama}.
 */
final class Mistral implements Architecture {
  @Override
  public String name() {
    return "MistralForCausalLM";
  }

  @Override
  public DecoderShape shape(JsonNode json, String origin) {
    ConfigReader config = new ConfigReader(json, origin);
    config.require("hidden_act", "silu");
    int heads = config.positive("num_attention_heads");
    int hidden = config.positive("hidden_size");
    int headSize = config.positiveOr("head_dim", hidden / heads);
    // A missing window is transformers' default of 4096; null, as in v0.2 and later, is none.
    int window = json.has("sliding_window") ? config.integer("sliding_window", 0) : 4096;
    return new DecoderShape(
        hidden,
        config.layers(),
        heads,
        config.keyValueHeads(heads, json.has("num_key_value_heads") ? heads : 8),
        headSize,
        config.positive("intermediate_size"),
        config.positive("vocab_size"),
        config.positive("max_position_embeddings"),
        config.positiveNumber("rms_norm_eps", 1e-6),
        RopeReader.read(config, headSize, 1.0),
        new SlidingWindow(window, 0),
        false,
        false,
        config.flag("tie_word_embeddings"));
  }

  @Override
  public List<LayerWeight> layerWeights(DecoderShape s) {
    return SplitLayer.weights(s, true);
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

package dev.pipeline.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Phi-3 and Phi-4 ({@code Phi3ForCausalLM}): fused qkv and gate_up projections, grouped-query
 * attention, in some variants a sliding window, longrope, a part of each head rotating, a tied
 * head.
 */
final class Phi3 implements Architecture {
  @Override
  public String name() {
    return "Phi3ForCausalLM";
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
        config.positiveNumber("rms_norm_eps", 1e-5),
        rope(config, headSize),
        new SlidingWindow(config.integer("sliding_window", 0), 0),
        false,
        false,
        config.flag("tie_word_embeddings"));
  }

  private static Rope rope(ConfigReader config, int headSize) {
    Rope rope = RopeReader.read(config, headSize, 1.0);
    if (rope.scaling() == Rope.Scaling.LINEAR || rope.scaling() == Rope.Scaling.LLAMA3) {
      throw config.refused("rope_type " + rope.scaling() + " is not one of Phi-3's: longrope");
    }
    return rope;
  }

  @Override
  public List<LayerWeight> layerWeights(DecoderShape s) {
    int hidden = s.hidden();
    int qkv = s.queryWidth() + 2 * s.keyValueWidth();
    return List.of(
        LayerWeight.vector("input_layernorm.weight", "attn_norm.weight", hidden),
        LayerWeight.matrix("self_attn.qkv_proj.weight", "attn_qkv.weight", qkv, hidden),
        LayerWeight.matrix("self_attn.o_proj.weight", "attn_output.weight", hidden, s.queryWidth()),
        LayerWeight.vector("post_attention_layernorm.weight", "ffn_norm.weight", hidden),
        LayerWeight.matrix("mlp.gate_up_proj.weight", "ffn_up.weight", 2 * s.feedForward(), hidden),
        LayerWeight.matrix("mlp.down_proj.weight", "ffn_down.weight", hidden, s.feedForward()));
  }

  @Override
  public String layerMethod() {
    return "fused_layer";
  }

  @Override
  public String ggufName() {
    return "phi3";
  }

  @Override
  public Map<String, Object> ggufKeys(DecoderShape s, JsonNode config, String origin) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("context_length", s.maxPositions());
    keys.put(
        "rope.scaling.original_context_length",
        config.path("original_max_position_embeddings").asInt(s.maxPositions()));
    keys.put("embedding_length", s.hidden());
    keys.put("feed_forward_length", s.feedForward());
    keys.put("block_count", s.layers());
    keys.put("attention.head_count", s.heads());
    keys.put("attention.head_count_kv", s.keyValueHeads());
    keys.put("attention.layer_norm_rms_epsilon", (float) s.normEpsilon());
    keys.put("rope.dimension_count", s.rope().size());
    keys.put("rope.freq_base", (float) s.rope().theta());
    // 0 marks Phi-4 for llama.cpp: attention over the whole context.
    keys.put("attention.sliding_window", s.window().tokens());
    if (s.rope().needsTable()) {
      keys.put("rope.scaling.attn_factor", (float) s.rope().attentionFactor());
    }
    return keys;
  }

  @Override
  public Map<String, List<Float>> ggufTables(DecoderShape s) {
    return s.rope().needsTable()
        ? new TreeMap<>(
            Map.of(
                "rope_factors_long.weight", s.rope().longDivisors(),
                "rope_factors_short.weight", s.rope().divisors()))
        : Map.of();
  }
}

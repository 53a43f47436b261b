package dev.pipeline.model;

import dev.pipeline.io.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Phi-3 and Phi-4 ({@code Phi3ForCausalLM}): fused qkv and gate_up projections, grouped-query
 * attention, RoPE.
 */
final class Phi3 implements Architecture {
  @Override
  public String name() {
    return "Phi3ForCausalLM";
  }

  @Override
  public DecoderShape shape(JsonNode json, String origin) {
    ConfigReader config = new ConfigReader(json, origin);
    if (json.hasNonNull("rope_scaling")) {
      throw Failure.refused(
          origin + ": rope_scaling " + json.get("rope_scaling") + " is not supported",
          "use a variant without scaled positions, such as Phi-4 or Phi-3-mini-4k");
    }
    config.require("hidden_act", "silu");
    int heads = config.positive("num_attention_heads");
    int hidden = config.positive("hidden_size");
    int headSize = config.positiveOr("head_dim", hidden / heads);
    int keyValueHeads = config.positiveOr("num_key_value_heads", heads);
    if (heads % keyValueHeads != 0 || headSize % 2 != 0) {
      throw Failure.refused(
          origin
              + ": num_attention_heads "
              + heads
              + " does not fit num_key_value_heads "
              + keyValueHeads,
          "restore the original config.json of the model");
    }
    return new DecoderShape(
        hidden,
        config.positive("num_hidden_layers"),
        heads,
        keyValueHeads,
        headSize,
        config.positive("intermediate_size"),
        config.positive("vocab_size"),
        config.positive("max_position_embeddings"),
        config.number("rms_norm_eps", 1e-5),
        config.number("rope_theta", 10000.0),
        (int) (headSize * config.number("partial_rotary_factor", 1.0)),
        config.integer("sliding_window", 0),
        config.flag("tie_word_embeddings"));
  }

  @Override
  public List<LayerWeight> layerWeights(DecoderShape s) {
    int hidden = s.hidden();
    int qkv = s.queryWidth() + 2 * s.keyValueWidth();
    return List.of(
        new LayerWeight("input_layernorm.weight", "attn_norm.weight", hidden, 0),
        new LayerWeight("self_attn.qkv_proj.weight", "attn_qkv.weight", qkv, hidden),
        new LayerWeight("self_attn.o_proj.weight", "attn_output.weight", hidden, s.queryWidth()),
        new LayerWeight("post_attention_layernorm.weight", "ffn_norm.weight", hidden, 0),
        new LayerWeight("mlp.gate_up_proj.weight", "ffn_up.weight", 2 * s.feedForward(), hidden),
        new LayerWeight("mlp.down_proj.weight", "ffn_down.weight", hidden, s.feedForward()));
  }

  @Override
  public List<Projection> projections(DecoderShape s) {
    return List.of(
        new Projection("self_attn.qkv_proj", s.hidden(), s.queryWidth() + 2 * s.keyValueWidth()),
        new Projection("self_attn.o_proj", s.queryWidth(), s.hidden()),
        new Projection("mlp.gate_up_proj", s.hidden(), 2 * s.feedForward()),
        new Projection("mlp.down_proj", s.feedForward(), s.hidden()));
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
  public Map<String, Object> ggufKeys(DecoderShape s, JsonNode config) {
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
    keys.put("rope.dimension_count", s.rotarySize());
    keys.put("rope.freq_base", (float) s.ropeTheta());
    // 0 marks Phi-4 for llama.cpp: attention over the whole context.
    keys.put("attention.sliding_window", s.slidingWindow());
    return keys;
  }
}

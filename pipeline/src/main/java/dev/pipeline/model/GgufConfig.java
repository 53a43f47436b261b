package dev.pipeline.model;

import dev.pipeline.io.Failure;
import dev.pipeline.weights.gguf.GgufFile;
import dev.pipeline.weights.gguf.GgufMetadata;
import dev.pipeline.weights.gguf.GgufValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Hugging Face {@code config.json} from the keys and tensors of a GGUF, so that both kinds of
 * model go the same way through {@link Architecture#shape}, which checks every value.
 */
final class GgufConfig {
  /** Config keys by the GGUF key, below the architecture's name, that holds the same number. */
  private static final Map<String, String> NUMBERS =
      Map.ofEntries(
          Map.entry("embedding_length", "hidden_size"),
          Map.entry("block_count", "num_hidden_layers"),
          Map.entry("feed_forward_length", "intermediate_size"),
          Map.entry("attention.head_count", "num_attention_heads"),
          Map.entry("attention.head_count_kv", "num_key_value_heads"),
          Map.entry("attention.key_length", "head_dim"),
          Map.entry("attention.layer_norm_rms_epsilon", "rms_norm_eps"),
          Map.entry("attention.layer_norm_epsilon", "layer_norm_eps"),
          Map.entry("context_length", "max_position_embeddings"),
          Map.entry("rope.scaling.original_context_length", "original_max_position_embeddings"),
          Map.entry("rope.freq_base", "rope_theta"));

  private static final Map<String, String> TOKENS =
      Map.of(
          "tokenizer.ggml.bos_token_id", "bos_token_id",
          "tokenizer.ggml.eos_token_id", "eos_token_id",
          "tokenizer.ggml.padding_token_id", "pad_token_id");

  private final GgufFile file;
  private final GgufMetadata metadata;
  private final String family;
  private final Map<String, Object> config = new LinkedHashMap<>();

  private GgufConfig(GgufFile file) {
    this.file = file;
    this.metadata = file.metadata();
    this.family = metadata.text("general.architecture");
  }

  /** The content of config.json. */
  static Map<String, Object> of(GgufFile file) {
    return new GgufConfig(file).read();
  }

  private Map<String, Object> read() {
    long window = metadata.whole(family + ".attention.sliding_window", 0);
    config.put("architectures", List.of(architecture(window)));
    NUMBERS.forEach((gguf, name) -> copy(family + "." + gguf, name));
    TOKENS.forEach(this::copy);
    config.put("vocab_size", vocabulary());
    config.put("tie_word_embeddings", !has("output.weight"));
    config.put("attention_bias", has("blk.0.attn_q.bias") || has("blk.0.attn_qkv.bias"));
    config.put("mlp_bias", has("blk.0.ffn_up.bias"));
    if (window > 0) {
      // 0 marks Phi-4 for llama.cpp: attention over the whole context.
      config.put("sliding_window", window);
    }
    rotaryShare();
    GgufRopeScaling.read(file, family).ifPresent(scaling -> config.put("rope_scaling", scaling));
    return config;
  }

  /** GGUF calls Mistral llama; a window is all that tells them apart. */
  private String architecture(long window) {
    return family.equals("llama") && window > 0
        ? "MistralForCausalLM"
        : Architectures.ofGguf(family, file.path().toString()).name();
  }

  private boolean has(String tensor) {
    return file.tensors().containsKey(tensor);
  }

  private long vocabulary() {
    return file.tensor("token_embd.weight").rows();
  }

  private void copy(String ggufKey, String name) {
    number(ggufKey).ifPresent(value -> config.put(name, value));
  }

  /** A number; a float32 is taken for the shortest decimal it stands for, so 1e-5 stays 1e-5. */
  private Optional<Number> number(String key) {
    GgufValue value = metadata.find(key).orElse(null);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof GgufValue.Whole whole) {
      return Optional.of(whole.value());
    }
    if (value instanceof GgufValue.Real real && Double.isFinite(real.value())) {
      return Optional.of(Double.parseDouble(Float.toString((float) real.value())));
    }
    throw Failure.refused(
        file.path() + ": key " + key + " is not one number",
        "use a model whose layers are all alike, in a GGUF written by a current converter");
  }

  private void rotaryShare() {
    long head =
        whole("head_dim", whole("hidden_size", 0) / Math.max(1, whole("num_attention_heads", 1)));
    long rotary = metadata.whole(family + ".rope.dimension_count", head);
    if (rotary != head && head > 0) {
      double share = (double) rotary / head;
      // Readers multiply and cut off, as transformers does.
      config.put(
          "partial_rotary_factor", (long) (share * head) < rotary ? Math.nextUp(share) : share);
    }
  }

  private long whole(String name, long absent) {
    return config.get(name) instanceof Long value ? value : absent;
  }
}

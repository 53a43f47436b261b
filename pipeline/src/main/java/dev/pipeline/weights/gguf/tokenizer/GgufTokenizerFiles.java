package dev.pipeline.weights.gguf.tokenizer;

import dev.pipeline.weights.gguf.GgufMetadata;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer files of a Hugging Face folder, rebuilt from a GGUF's keys.
 *
 * @param tokenizer content of {@code tokenizer.json}
 * @param config content of {@code tokenizer_config.json}, chat template included
 */
public record GgufTokenizerFiles(
    Map<String, @Nullable Object> tokenizer, Map<String, Object> config) {
  private static final String MODEL = "tokenizer.ggml.model";
  private static final String CHAT_TEMPLATE = "tokenizer.chat_template";

  /** Rebuilds both; refuses kinds of tokenizer that no supported model uses. */
  public static GgufTokenizerFiles of(GgufMetadata metadata) {
    String model = metadata.text(MODEL);
    return switch (model) {
      case "gpt2" ->
          new GgufTokenizerFiles(
              ByteLevelTokenizer.json(metadata), config(metadata, "GPT2Tokenizer", false));
      case "llama" ->
          new GgufTokenizerFiles(
              SentencePieceTokenizer.json(metadata), config(metadata, "LlamaTokenizer", true));
      default ->
          throw Vocabulary.refused(
              metadata.origin(), "has a tokenizer of the kind " + model + ", not gpt2 or llama");
    };
  }

  private static Map<String, Object> config(
      GgufMetadata metadata, String tokenizerClass, boolean addsBos) {
    Vocabulary vocabulary = Vocabulary.read(metadata);
    Map<String, Object> config = new HashMap<>();
    config.put("tokenizer_class", tokenizerClass);
    config.put("add_bos_token", Vocabulary.flag(metadata, "add_bos_token", addsBos));
    config.put("add_eos_token", Vocabulary.flag(metadata, "add_eos_token", false));
    config.put("clean_up_tokenization_spaces", false);
    Map.of(
            "bos_token", "bos_token_id",
            "eos_token", "eos_token_id",
            "unk_token", "unknown_token_id",
            "pad_token", "padding_token_id")
        .forEach(
            (name, key) ->
                vocabulary.special(metadata, key).ifPresent(text -> config.put(name, text)));
    if (metadata.find(CHAT_TEMPLATE).isPresent()) {
      config.put("chat_template", metadata.text(CHAT_TEMPLATE));
    }
    return config;
  }
}

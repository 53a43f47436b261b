package dev.pipeline.export;

import dev.pipeline.io.Failure;
import dev.pipeline.weights.ModelFolder;
import dev.pipeline.weights.gguf.GgufMetadata;
import dev.pipeline.weights.gguf.GgufValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Translates a byte-level BPE {@code tokenizer.json} into GGUF's {@code tokenizer.ggml.*} keys. */
final class GgufTokenizer {
  private static final int NORMAL = 1;
  private static final int CONTROL = 3;
  private static final int USER_DEFINED = 4;
  private static final int UNUSED = 5;

  /**
   * The {@code tokenizer.ggml.pre} value by the pattern a tokenizer splits at, as llama.cpp names
   * them.
   */
  private static final Map<String, String> PRE_TOKENIZERS =
      Map.of(
          "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
              + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
          "dbrx");

  private final ModelFolder folder;
  private final JsonNode tokenizer;
  private final JsonNode config;
  private final @Nullable String[] tokens;
  private final int[] types;

  GgufTokenizer(ModelFolder folder, int vocabulary) {
    this.folder = folder;
    this.tokenizer = folder.json("tokenizer.json");
    this.config = folder.json("tokenizer_config.json");
    this.tokens = new String[vocabulary];
    this.types = new int[vocabulary];
    if (!tokenizer.path("model").path("type").asString("").equals("BPE")) {
      throw refused("is not a BPE tokenizer");
    }
    readTokens();
  }

  private void readTokens() {
    tokenizer
        .path("model")
        .path("vocab")
        .properties()
        .forEach(entry -> put(entry.getKey(), entry.getValue().asInt(-1), NORMAL));
    for (JsonNode added : tokenizer.path("added_tokens")) {
      put(
          added.path("content").asString(""),
          added.path("id").asInt(-1),
          added.path("special").asBoolean(false) ? CONTROL : USER_DEFINED);
    }
  }

  private void put(String token, int id, int type) {
    if (id < 0 || id >= tokens.length) {
      throw refused("has token id " + id + " outside vocab_size " + tokens.length);
    }
    tokens[id] = token;
    types[id] = type;
  }

  /** {@code metadata} with all tokenizer keys and the chat template. */
  GgufMetadata addTo(GgufMetadata metadata, String chatTemplate) {
    List<String> texts = new ArrayList<>();
    for (int id = 0; id < tokens.length; id++) {
      String token = tokens[id];
      texts.add(token == null ? "[PAD" + id + "]" : token);
      types[id] = token == null ? UNUSED : types[id];
    }
    GgufMetadata result =
        metadata
            .with("tokenizer.ggml.model", GgufValue.text("gpt2"))
            .with("tokenizer.ggml.pre", GgufValue.text(preTokenizer()))
            .with("tokenizer.ggml.tokens", GgufValue.texts(texts))
            .with(
                "tokenizer.ggml.token_type",
                GgufValue.int32s(Arrays.stream(types).boxed().toList()))
            .with("tokenizer.ggml.merges", GgufValue.texts(merges()));
    result = special(result, "bos_token", "bos_token_id");
    result = special(result, "eos_token", "eos_token_id");
    result = special(result, "unk_token", "unknown_token_id");
    result = special(result, "pad_token", "padding_token_id");
    return result
        .with(
            "tokenizer.ggml.add_bos_token",
            GgufValue.truth(config.path("add_bos_token").asBoolean(false)))
        .with("tokenizer.chat_template", GgufValue.text(chatTemplate));
  }

  private GgufMetadata special(GgufMetadata metadata, String configKey, String ggufKey) {
    return tokenId(configKey)
        .map(id -> metadata.with("tokenizer.ggml." + ggufKey, GgufValue.uint32(id)))
        .orElse(metadata);
  }

  private Optional<Integer> tokenId(String configKey) {
    JsonNode node = config.path(configKey);
    String text = node.isObject() ? node.path("content").asString("") : node.asString("");
    int id = text.isEmpty() ? -1 : Arrays.asList(tokens).indexOf(text);
    return id < 0 ? Optional.empty() : Optional.of(id);
  }

  /** Newer tokenizer.json files hold merges as pairs, older ones as one string. */
  private List<String> merges() {
    return tokenizer
        .path("model")
        .path("merges")
        .valueStream()
        .map(
            merge ->
                merge.isArray()
                    ? merge.path(0).asString("") + " " + merge.path(1).asString("")
                    : merge.asString(""))
        .toList();
  }

  private String preTokenizer() {
    List<String> patterns = tokenizer.path("pre_tokenizer").findValuesAsString("Regex");
    String known = patterns.size() == 1 ? PRE_TOKENIZERS.get(patterns.get(0)) : null;
    if (known == null) {
      throw refused("splits text at a pattern that llama.cpp has no name for: " + patterns);
    }
    return known;
  }

  private Failure refused(String problem) {
    return Failure.refused(
        folder.path().resolve("tokenizer.json") + " " + problem,
        "use a model whose tokenizer llama.cpp supports; training it would end in a file nobody can load");
  }
}

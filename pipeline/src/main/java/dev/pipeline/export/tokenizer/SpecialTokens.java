package dev.pipeline.export.tokenizer;

import dev.pipeline.weights.gguf.GgufMetadata;
import dev.pipeline.weights.gguf.GgufValue;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The tokens with a part of their own, and which of them go around every text.
 *
 * @param model content of config.json
 * @param config content of tokenizer_config.json
 * @param tokenizer content of tokenizer.json
 * @param tokens the vocabulary
 */
record SpecialTokens(JsonNode model, JsonNode config, JsonNode tokenizer, TokenTable tokens) {
  private static final String PREFIX = "tokenizer.ggml.";

  /** {@code metadata} with the ids and flags. */
  GgufMetadata addTo(GgufMetadata metadata) {
    GgufMetadata result = id(metadata, "bos", "bos_token_id");
    result = id(result, "eos", "eos_token_id");
    result = id(result, "unk", "unknown_token_id");
    result = id(result, "pad", "padding_token_id");
    return result
        .with(PREFIX + "add_bos_token", GgufValue.truth(adds("bos")))
        .with(PREFIX + "add_eos_token", GgufValue.truth(adds("eos")));
  }

  private GgufMetadata id(GgufMetadata metadata, String role, String key) {
    int id = tokens.id(text(role));
    if (id < 0) {
      id = model.path(role + "_token_id").asInt(-1);
    }
    return id < 0 || id >= tokens.size()
        ? metadata
        : metadata.with(PREFIX + key, GgufValue.uint32(id));
  }

  private String text(String role) {
    JsonNode token = config.path(role + "_token");
    return token.isObject() ? token.path("content").asString("") : token.asString("");
  }

  /** A flag says so, or the template that goes around texts, or the class whose habit it is. */
  private boolean adds(String role) {
    if (tokens.id(text(role)) < 0) {
      return false;
    }
    JsonNode flag = config.path("add_" + role + "_token");
    if (flag.isBoolean()) {
      return flag.asBoolean();
    }
    JsonNode around = around();
    if (around.isArray()) {
      JsonNode end = around.path(role.equals("bos") ? 0 : around.size() - 1);
      return end.path("SpecialToken").path("id").asString("").equals(text(role));
    }
    return role.equals("bos") && config.path("tokenizer_class").asString("").contains("Llama");
  }

  private JsonNode around() {
    JsonNode processor = tokenizer.path("post_processor");
    return Stream.concat(Stream.of(processor), processor.path("processors").valueStream())
        .filter(step -> step.path("type").asString("").equals("TemplateProcessing"))
        .map(step -> step.path("single"))
        .findFirst()
        .orElse(processor.path("none"));
  }
}

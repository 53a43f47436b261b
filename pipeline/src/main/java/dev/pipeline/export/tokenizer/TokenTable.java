package dev.pipeline.export.tokenizer;

import dev.pipeline.io.Failure;
import dev.pipeline.weights.gguf.GgufMetadata;
import dev.pipeline.weights.gguf.GgufValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The tokens of a tokenizer.json by id, with a filler for every id that has none. */
final class TokenTable {
  private final String origin;
  private final List<String> texts = new ArrayList<>();
  private final TokenKind[] kinds;
  private final Map<String, Integer> ids = new HashMap<>();

  private TokenTable(String origin, int vocabulary) {
    this.origin = origin;
    this.kinds = new TokenKind[vocabulary];
    Arrays.fill(kinds, TokenKind.UNUSED);
    for (int id = 0; id < vocabulary; id++) {
      texts.add("[PAD" + id + "]");
    }
  }

  /**
   * Reads the vocabulary and the added tokens.
   *
   * @param vocabulary rows of the model's embedding
   */
  static TokenTable read(JsonNode tokenizer, String origin, int vocabulary) {
    TokenTable table = new TokenTable(origin, vocabulary);
    tokenizer
        .path("model")
        .path("vocab")
        .properties()
        .forEach(token -> table.put(token.getKey(), token.getValue(), TokenKind.NORMAL));
    for (JsonNode added : tokenizer.path("added_tokens")) {
      table.put(
          added.path("content").asString(""),
          added.path("id"),
          added.path("special").asBoolean(false) ? TokenKind.CONTROL : TokenKind.USER_DEFINED);
    }
    return table;
  }

  private void put(String text, JsonNode idNode, TokenKind kind) {
    int id = idNode.asInt(-1);
    if (id < 0 || id >= kinds.length) {
      throw Failure.refused(
          "%s has the token %s with the id %s, outside vocab_size %d"
              .formatted(origin, text, idNode, kinds.length),
          "restore tokenizer.json and config.json of the same model");
    }
    texts.set(id, text);
    kinds[id] = kind;
    ids.put(text, id);
  }

  int size() {
    return kinds.length;
  }

  String text(int id) {
    return texts.get(id);
  }

  TokenKind kind(int id) {
    return kinds[id];
  }

  /** The id of {@code text}; -1 when it is no token. */
  int id(String text) {
    return ids.getOrDefault(text, -1);
  }

  void setKind(int id, TokenKind kind) {
    kinds[id] = kind;
  }

  void setText(int id, String text) {
    texts.set(id, text);
  }

  /** {@code metadata} with the tokens and what they are. */
  GgufMetadata addTo(GgufMetadata metadata) {
    return metadata
        .with("tokenizer.ggml.tokens", GgufValue.texts(texts))
        .with(
            "tokenizer.ggml.token_type",
            GgufValue.int32s(Arrays.stream(kinds).map(TokenKind::id).toList()));
  }
}

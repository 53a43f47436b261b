package dev.pipeline.export.tokenizer;

import dev.pipeline.io.Failure;
import dev.pipeline.weights.gguf.GgufMetadata;
import dev.pipeline.weights.gguf.GgufValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Llama 2's kind: whole text, joined by score. A tokenizer.json has no scores but the order of its
 * merges, which is theirs: what joins first gets the highest.
 */
final class SentencePieceBpe implements TokenizerKind {
  private static final int BYTES = 256;

  /** What llama.cpp's converter gives tokens that never come from joining. */
  private static final float ADDED_SCORE = -1_000f;

  private static final float FILLER_SCORE = -10_000f;

  private final TokenTable tokens;
  private final MergeOrder order;
  private final SpacePrefix prefix;

  private SentencePieceBpe(TokenTable tokens, MergeOrder order, SpacePrefix prefix) {
    this.tokens = tokens;
    this.order = order;
    this.prefix = prefix;
  }

  /** Whether {@code tokenizer} is of this kind. */
  static boolean fits(JsonNode tokenizer) {
    return tokenizer.path("model").path("byte_fallback").asBoolean(false);
  }

  static SentencePieceBpe read(JsonNode tokenizer, String origin, TokenTable tokens) {
    SpacePrefix prefix = SpacePrefix.read(tokenizer, origin);
    for (int value = 0; value < BYTES; value++) {
      String text = "<0x%02X>".formatted(value);
      if (tokens.id(text) < 0) {
        throw Failure.refused(
            origin + " has no token " + text + " for a byte that no other token holds",
            "restore tokenizer.json of the model folder");
      }
      tokens.setKind(tokens.id(text), TokenKind.BYTE);
    }
    int unknown = tokens.id(tokenizer.path("model").path("unk_token").asString(""));
    if (unknown >= 0) {
      tokens.setKind(unknown, TokenKind.UNKNOWN);
    }
    for (JsonNode added : tokenizer.path("added_tokens")) {
      int id = added.path("id").asInt(-1);
      if (tokens.kind(id) == TokenKind.USER_DEFINED && added.path("normalized").asBoolean(false)) {
        // Found in text whose spaces are marked already; llama.cpp looks before it marks them.
        tokens.setText(id, tokens.text(id).replace(SpacePrefix.SPACE, " "));
      }
    }
    return new SentencePieceBpe(tokens, MergeOrder.of(Merges.of(tokenizer)), prefix);
  }

  @Override
  public GgufMetadata addTo(GgufMetadata metadata) {
    List<Float> scores = new ArrayList<>();
    for (int id = 0; id < tokens.size(); id++) {
      scores.add(score(id));
    }
    return tokens
        .addTo(
            metadata
                .with("tokenizer.ggml.model", GgufValue.text("llama"))
                .with("tokenizer.ggml.pre", GgufValue.text("default")))
        .with("tokenizer.ggml.scores", GgufValue.float32s(scores))
        .with("tokenizer.ggml.add_space_prefix", GgufValue.truth(prefixes()));
  }

  private float score(int id) {
    return switch (tokens.kind(id)) {
      case NORMAL -> -order.of(tokens.text(id));
      case UNKNOWN, BYTE -> 0;
      case CONTROL, USER_DEFINED -> ADDED_SCORE;
      case UNUSED -> FILLER_SCORE;
    };
  }

  /** A prompt begins with a control token, after which a space at the start alone is none. */
  private boolean prefixes() {
    return prefix == SpacePrefix.ALWAYS || prefix == SpacePrefix.UNLESS_SPACE;
  }

  @Override
  public List<String> differences() {
    List<String> differences = new ArrayList<>();
    if (prefix == SpacePrefix.START) {
      differences.add("puts no space before text that begins without a control token");
    }
    if (prefix == SpacePrefix.UNLESS_SPACE) {
      differences.add("puts a space before text that begins with one, too");
    }
    if (order.scattered() > 0) {
      differences.add(
          "joins by token, not by pair, where %d merges make a token anew"
              .formatted(order.scattered()));
    }
    unmerged().ifPresent(differences::add);
    return differences;
  }

  /** llama.cpp joins any two neighbours that make a token; here a merge may be missing. */
  private Optional<String> unmerged() {
    int count = 0;
    String example = "";
    for (int id = 0; id < tokens.size(); id++) {
      String whole = tokens.text(id);
      if (tokens.kind(id) != TokenKind.NORMAL) {
        continue;
      }
      int cut = whole.offsetByCodePoints(0, 1);
      while (cut < whole.length()) {
        String left = whole.substring(0, cut);
        String right = whole.substring(cut);
        if (isNormal(left) && isNormal(right) && !order.joins(left, right)) {
          count++;
          example = left + " and " + right;
        }
        cut = whole.offsetByCodePoints(cut, 1);
      }
    }
    return count == 0
        ? Optional.empty()
        : Optional.of("joins %d pairs of tokens that no merge joins, %s".formatted(count, example));
  }

  private boolean isNormal(String text) {
    int id = tokens.id(text);
    return id >= 0 && tokens.kind(id) == TokenKind.NORMAL;
  }
}

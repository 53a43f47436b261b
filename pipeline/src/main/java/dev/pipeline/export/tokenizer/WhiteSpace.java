package dev.pipeline.export.tokenizer;

import dev.pipeline.weights.gguf.tokenizer.PhiThreeName;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the added tokens of a tokenizer.json do to the text beside them. */
final class WhiteSpace {
  private final List<JsonNode> added;
  private final TokenTable tokens;

  WhiteSpace(JsonNode tokenizer, TokenTable tokens) {
    this.added = tokenizer.path("added_tokens").valueStream().toList();
    this.tokens = tokens;
  }

  /** Whether it is just what llama.cpp does for a Phi-3. */
  boolean isPhiThree() {
    return PhiThreeName.NEEDED.stream().allMatch(text -> tokens.id(text) >= 0)
        && added.stream()
            .allMatch(
                token -> !flag(token, "lstrip") && flag(token, "rstrip") != keepsSpace(token));
  }

  /** What llama.cpp does otherwise, if anything. */
  Optional<String> difference() {
    List<String> texts =
        added.stream()
            .filter(token -> isPhiThree() ? false : flag(token, "lstrip") || flag(token, "rstrip"))
            .map(token -> token.path("content").asString(""))
            .toList();
    return texts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "keeps the white space beside %s%s, which the tokenizer swallows"
                .formatted(
                    texts.get(0),
                    texts.size() == 1 ? "" : " and %d more".formatted(texts.size() - 1)));
  }

  private static boolean keepsSpace(JsonNode token) {
    return PhiThreeName.KEEP_SPACE.contains(token.path("content").asString(""));
  }

  private static boolean flag(JsonNode token, String name) {
    return token.path(name).asBoolean(false);
  }
}

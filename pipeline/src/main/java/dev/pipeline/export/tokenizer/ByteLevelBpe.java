package dev.pipeline.export.tokenizer;

import dev.pipeline.chat.PreTokenizer;
import dev.pipeline.io.Failure;
import dev.pipeline.weights.gguf.GgufMetadata;
import dev.pipeline.weights.gguf.GgufValue;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** GPT-2's kind: the bytes of pieces of text, joined by a list of merges. */
final class ByteLevelBpe implements TokenizerKind {
  private static final int LONGEST_QUOTE = 400;

  private final TokenTable tokens;
  private final List<Merges.Pair> merges;
  private final PreTokenizer pre;

  private ByteLevelBpe(TokenTable tokens, List<Merges.Pair> merges, PreTokenizer pre) {
    this.tokens = tokens;
    this.merges = merges;
    this.pre = pre;
  }

  static ByteLevelBpe read(JsonNode tokenizer, String origin, TokenTable tokens) {
    PreTokenizer pre = PreTokenizer.of(tokenizer).orElseThrow(() -> unknown(tokenizer, origin));
    return new ByteLevelBpe(tokens, Merges.of(tokenizer), pre);
  }

  @Override
  public GgufMetadata addTo(GgufMetadata metadata) {
    return tokens
        .addTo(
            metadata
                .with("tokenizer.ggml.model", GgufValue.text("gpt2"))
                .with("tokenizer.ggml.pre", GgufValue.text(pre.ggufName())))
        .with(
            "tokenizer.ggml.merges",
            GgufValue.texts(
                merges.stream().map(pair -> pair.left() + " " + pair.right()).toList()));
  }

  @Override
  public List<String> differences() {
    List<String> differences = new ArrayList<>();
    if (pre.composes()) {
      differences.add("leaves decomposed letters as they are, which the tokenizer composes");
    }
    if (pre.isApproximated()) {
      differences.add("cuts words beyond ASCII in other places");
    }
    return differences;
  }

  private static Failure unknown(JsonNode tokenizer, String origin) {
    String found =
        "pre_tokenizer %s, normalizer %s, ignore_merges %s"
            .formatted(
                quote(tokenizer.path("pre_tokenizer")),
                quote(tokenizer.path("normalizer")),
                tokenizer.path("model").path("ignore_merges").asBoolean(false));
    return Failure.refused(
        origin + " cuts text in a way that llama.cpp has no name for: " + found,
        "use a model that cuts text as one of these does: "
            + String.join(", ", PreTokenizer.allNames())
            + "; or train its adapter alone with --only");
  }

  private static String quote(JsonNode node) {
    String text = node.isMissingNode() ? "none" : node.toString();
    return text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "..." : text;
  }
}

package dev.pipeline.weights.gguf.tokenizer;

import dev.pipeline.weights.gguf.GgufMetadata;
import dev.pipeline.weights.gguf.GgufValue;
import dev.pipeline.weights.gguf.tokenizer.Vocabulary.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The {@code added_tokens} of a tokenizer.json: those found in text before it is cut. */
final class AddedTokens {
  private AddedTokens() {}

  static List<Map<String, Object>> of(Vocabulary vocabulary, GgufMetadata metadata) {
    boolean swallowSpace = swallowsSpace(metadata);
    List<Map<String, Object>> added = new ArrayList<>();
    for (int id = 0; id < vocabulary.tokens().size(); id++) {
      String text = vocabulary.tokens().get(id);
      Kind kind = vocabulary.kinds().get(id);
      boolean special = kind == Kind.CONTROL || kind == Kind.UNKNOWN;
      if (text.isEmpty() || !(special || kind == Kind.USER_DEFINED)) {
        continue;
      }
      added.add(
          Map.of(
              "id",
              id,
              "content",
              text,
              "single_word",
              false,
              "lstrip",
              false,
              "rstrip",
              swallowSpace && !PhiThreeName.KEEP_SPACE.contains(text),
              "normalized",
              false,
              "special",
              special));
    }
    return added;
  }

  private static boolean swallowsSpace(GgufMetadata metadata) {
    return metadata.find("general.name").orElse(null) instanceof GgufValue.Text name
        && PhiThreeName.swallowsSpace(name.value());
  }
}

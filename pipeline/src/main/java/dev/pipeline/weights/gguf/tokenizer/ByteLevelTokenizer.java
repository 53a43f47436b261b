package dev.pipeline.weights.gguf.tokenizer;

import dev.pipeline.chat.PreTokenizer;
import dev.pipeline.weights.gguf.GgufMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@code tokenizer.json} for byte-level BPE: the GGUF's own tokens and merges. */
final class ByteLevelTokenizer {
  private ByteLevelTokenizer() {}

  static Map<String, @Nullable Object> json(GgufMetadata metadata) {
    Vocabulary vocabulary = Vocabulary.read(metadata);
    PreTokenizer pre = preTokenizer(metadata);
    Map<String, Integer> ids = vocabulary.ids();
    Map<String, @Nullable Object> model = new HashMap<>();
    model.put("type", "BPE");
    model.put("vocab", ids);
    model.put("merges", merges(metadata, ids));
    model.put("byte_fallback", false);
    model.put("fuse_unk", false);
    model.put("ignore_merges", pre.ignoresMerges());
    Map<String, @Nullable Object> json = new HashMap<>();
    json.put("version", "1.0");
    json.put("added_tokens", AddedTokens.of(vocabulary, metadata));
    json.put("normalizer", pre.composes() ? Map.of("type", "NFC") : null);
    json.put("pre_tokenizer", cuts(pre));
    json.put("decoder", byteLevel());
    json.put("model", model);
    return json;
  }

  private static PreTokenizer preTokenizer(GgufMetadata metadata) {
    String name = metadata.text("tokenizer.ggml.pre");
    return PreTokenizer.named(name)
        .orElseThrow(
            () ->
                Vocabulary.refused(
                    metadata.origin(),
                    "cuts text as %s does, which is not one of %s"
                        .formatted(name, PreTokenizer.allNames())));
  }

  private static Map<String, Object> cuts(PreTokenizer pre) {
    List<Map<String, Object>> steps = new ArrayList<>();
    if (pre.singleDigits()) {
      steps.add(Map.of("type", "Digits", "individual_digits", true));
    }
    steps.add(
        Map.of(
            "type",
            "Split",
            "pattern",
            Map.of("Regex", pre.pattern()),
            "behavior",
            "Isolated",
            "invert",
            false));
    steps.add(byteLevel());
    return Map.of("type", "Sequence", "pretokenizers", steps);
  }

  private static Map<String, Object> byteLevel() {
    return Map.of(
        "type", "ByteLevel", "add_prefix_space", false, "trim_offsets", true, "use_regex", false);
  }

  /** Pairs whose parts and whole are tokens; the library would not take others. */
  private static List<List<String>> merges(GgufMetadata metadata, Map<String, Integer> ids) {
    List<List<String>> merges = new ArrayList<>();
    for (String merge : metadata.texts("tokenizer.ggml.merges")) {
      // A space inside a token is written otherwise; one at the start would be a part.
      int space = merge.indexOf(' ', 1);
      if (space < 0
          || !ids.containsKey(merge.substring(0, space))
          || !ids.containsKey(merge.substring(space + 1))
          || !ids.containsKey(merge.substring(0, space) + merge.substring(space + 1))) {
        throw Vocabulary.refused(
            metadata.origin(), "has the merge \"" + merge + "\", which joins no two tokens to one");
      }
      merges.add(List.of(merge.substring(0, space), merge.substring(space + 1)));
    }
    return merges;
  }
}

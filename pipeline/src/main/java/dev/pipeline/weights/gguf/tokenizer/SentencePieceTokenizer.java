package dev.pipeline.weights.gguf.tokenizer;

import dev.pipeline.weights.gguf.GgufMetadata;
import dev.pipeline.weights.gguf.tokenizer.Vocabulary.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code tokenizer.json} for Llama 2's kind of SentencePiece BPE, which stores scores in place of
 * merges: of all neighbours that join to a token, those that make the highest score join first.
 */
final class SentencePieceTokenizer {
  /** What SentencePiece writes for a space. */
  private static final String SPACE = "\u2581";

  /** SentencePiece learns none longer than 16; a file that claims more must not cost the square. */
  private static final int LONGEST_MERGED = 256;

  private record Merge(String left, int leftId, String right, int rightId, float score) {}

  private SentencePieceTokenizer() {}

  static Map<String, @Nullable Object> json(GgufMetadata metadata) {
    Vocabulary vocabulary = Vocabulary.read(metadata);
    Map<String, Integer> ids = vocabulary.ids();
    Map<String, @Nullable Object> model = new HashMap<>();
    model.put("type", "BPE");
    model.put("vocab", ids);
    model.put("merges", merges(vocabulary, ids, vocabulary.scores(metadata)));
    model.put("unk_token", vocabulary.special(metadata, "unknown_token_id").orElse(null));
    model.put("fuse_unk", true);
    model.put("byte_fallback", true);
    model.put("ignore_merges", false);
    boolean prefix = Vocabulary.flag(metadata, "add_space_prefix", true);
    Map<String, @Nullable Object> json = new HashMap<>();
    json.put("version", "1.0");
    json.put("added_tokens", AddedTokens.of(vocabulary, metadata));
    json.put("normalizer", normalizer(prefix));
    json.put("pre_tokenizer", null);
    json.put("decoder", decoder(prefix));
    json.put("model", model);
    return json;
  }

  private static List<List<String>> merges(
      Vocabulary vocabulary, Map<String, Integer> ids, float[] scores) {
    List<Merge> merges = new ArrayList<>();
    for (int id = 0; id < scores.length; id++) {
      String whole = vocabulary.tokens().get(id);
      if (vocabulary.kinds().get(id) != Kind.NORMAL || whole.length() > LONGEST_MERGED) {
        continue;
      }
      for (int cut = next(whole, 0); cut < whole.length(); cut = next(whole, cut)) {
        Integer left = ids.get(whole.substring(0, cut));
        Integer right = ids.get(whole.substring(cut));
        if (left != null && right != null) {
          merges.add(
              new Merge(whole.substring(0, cut), left, whole.substring(cut), right, scores[id]));
        }
      }
    }
    // Ties, which are ways to make one and the same token, go as in transformers' converter.
    merges.sort(
        Comparator.comparingDouble((Merge merge) -> -merge.score())
            .thenComparingInt(Merge::leftId)
            .thenComparingInt(Merge::rightId));
    return merges.stream().map(merge -> List.of(merge.left(), merge.right())).toList();
  }

  private static int next(String text, int at) {
    return at < text.length() ? text.offsetByCodePoints(at, 1) : 1;
  }

  private static Map<String, Object> normalizer(boolean prefix) {
    Map<String, Object> spaces =
        Map.of("type", "Replace", "pattern", Map.of("String", " "), "content", SPACE);
    return prefix
        ? Map.of(
            "type",
            "Sequence",
            "normalizers",
            List.of(Map.of("type", "Prepend", "prepend", SPACE), spaces))
        : spaces;
  }

  private static Map<String, Object> decoder(boolean prefix) {
    List<Map<String, Object>> steps = new ArrayList<>();
    steps.add(Map.of("type", "Replace", "pattern", Map.of("String", SPACE), "content", " "));
    steps.add(Map.of("type", "ByteFallback"));
    steps.add(Map.of("type", "Fuse"));
    if (prefix) {
      steps.add(Map.of("type", "Strip", "content", " ", "start", 1, "stop", 0));
    }
    return Map.of("type", "Sequence", "decoders", steps);
  }
}

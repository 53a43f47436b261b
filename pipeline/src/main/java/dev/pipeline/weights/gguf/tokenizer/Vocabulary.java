package dev.pipeline.weights.gguf.tokenizer;

import dev.pipeline.io.Failure;
import dev.pipeline.weights.gguf.GgufMetadata;
import dev.pipeline.weights.gguf.GgufValue;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tokens of a GGUF file.
 *
 * @param origin what errors name
 * @param tokens texts by id
 * @param kinds what each is, of the same length
 */
record Vocabulary(String origin, List<String> tokens, List<Kind> kinds) {
  private static final String PREFIX = "tokenizer.ggml.";

  Vocabulary {
    tokens = List.copyOf(tokens);
    kinds = List.copyOf(kinds);
  }

  /** What a token is, in the order of llama.cpp's ids from 1 on. */
  enum Kind {
    NORMAL,
    UNKNOWN,
    CONTROL,
    USER_DEFINED,
    UNUSED,
    BYTE
  }

  static Vocabulary read(GgufMetadata metadata) {
    List<String> tokens = metadata.texts(PREFIX + "tokens");
    List<Kind> kinds =
        metadata.find(PREFIX + "token_type").isPresent()
            ? metadata.wholes(PREFIX + "token_type").stream()
                .map(id -> kind(metadata.origin(), id))
                .toList()
            : Collections.nCopies(tokens.size(), Kind.NORMAL);
    if (kinds.size() != tokens.size()) {
      throw refused(
          metadata.origin(), "has %d tokens but %d types".formatted(tokens.size(), kinds.size()));
    }
    return new Vocabulary(metadata.origin(), tokens, kinds);
  }

  private static Kind kind(String origin, long id) {
    if (id < 1 || id > Kind.values().length) {
      throw refused(origin, "has a token of the unknown type " + id);
    }
    return Kind.values()[(int) id - 1];
  }

  /** Ids by text, without fillers; of equal texts the last one counts, as in llama.cpp. */
  Map<String, Integer> ids() {
    Map<String, Integer> ids = new HashMap<>();
    for (int id = 0; id < tokens.size(); id++) {
      if (!isFiller(id)) {
        ids.put(tokens.get(id), id);
      }
    }
    return ids;
  }

  /** Whether the token only fills a gap between ids; converters call it {@code [PAD7]}. */
  private boolean isFiller(int id) {
    return kinds.get(id) == Kind.UNUSED && tokens.get(id).equals("[PAD" + id + "]");
  }

  /** The text of the special token that {@code key} names, such as {@code bos_token_id}. */
  Optional<String> special(GgufMetadata metadata, String key) {
    if (metadata.find(PREFIX + key).isEmpty()) {
      return Optional.empty();
    }
    long id = metadata.whole(PREFIX + key);
    if (id < 0 || id >= tokens.size()) {
      throw refused(
          origin, "has the %s %d in a vocabulary of %d".formatted(key, id, tokens.size()));
    }
    return Optional.of(tokens.get((int) id));
  }

  /** The truth value of {@code key}, such as {@code add_bos_token}. */
  static boolean flag(GgufMetadata metadata, String key, boolean absent) {
    return metadata.find(PREFIX + key).isPresent() ? metadata.truth(PREFIX + key) : absent;
  }

  /** The numbers of {@code tokenizer.ggml.scores}, one a token. */
  float[] scores(GgufMetadata metadata) {
    if (!(metadata.find(PREFIX + "scores").orElse(null) instanceof GgufValue.Array array)
        || array.values().size() != tokens.size()) {
      throw refused(origin, "has no list tokenizer.ggml.scores with a score for every token");
    }
    float[] scores = new float[tokens.size()];
    for (int id = 0; id < scores.length; id++) {
      if (!(array.values().get(id) instanceof GgufValue.Real real) || Double.isNaN(real.value())) {
        throw refused(origin, "has the score " + array.values().get(id) + " for token " + id);
      }
      scores[id] = (float) real.value();
    }
    return scores;
  }

  static Failure refused(String origin, String problem) {
    return Failure.refused(
        origin + " " + problem, "use a GGUF written by a current converter, or a model folder");
  }
}

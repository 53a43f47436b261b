package dev.pipeline.model;

import dev.pipeline.io.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** GGUF keys that most architectures share, as {@code convert_hf_to_gguf.py} writes them. */
final class GgufKeys {
  private GgufKeys() {}

  /** Sizes and positions of a decoder with RMS norms. */
  static Map<String, Object> common(DecoderShape s) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("context_length", s.maxPositions());
    keys.put("embedding_length", s.hidden());
    keys.put("block_count", s.layers());
    keys.put("feed_forward_length", s.feedForward());
    keys.put("attention.head_count", s.heads());
    keys.put("attention.head_count_kv", s.keyValueHeads());
    keys.put("attention.layer_norm_rms_epsilon", (float) s.normEpsilon());
    keys.put("rope.freq_base", (float) s.rope().theta());
    keys.put("rope.dimension_count", s.rope().size());
    if (s.queryWidth() != s.hidden()) {
      keys.put("attention.key_length", s.headSize());
      keys.put("attention.value_length", s.headSize());
    }
    if (s.rope().scaling() == Rope.Scaling.LINEAR) {
      keys.put("rope.scaling.type", "linear");
      keys.put("rope.scaling.factor", s.rope().divisors().get(0));
    }
    return keys;
  }

  /** {@code rope_freqs.weight}, by which llama.cpp's llama architecture divides frequencies. */
  static Map<String, List<Float>> frequencyTable(DecoderShape s) {
    return s.rope().needsTable() ? Map.of("rope_freqs.weight", s.rope().divisors()) : Map.of();
  }

  /** Refuses positions that a single table of divisors cannot express. */
  static void requireOneTable(DecoderShape s, String origin) {
    if (!s.rope().sameAtAnyLength()) {
      throw unknownScaling(s, origin);
    }
  }

  /** Refuses positions that need a table, for architectures that llama.cpp gives none. */
  static void requireNoTable(DecoderShape s, String origin) {
    if (s.rope().needsTable()) {
      throw unknownScaling(s, origin);
    }
  }

  private static Failure unknownScaling(DecoderShape s, String origin) {
    return Failure.refused(
        origin + ": llama.cpp has no rope_type " + s.rope().scaling() + " for this architecture",
        "use a variant of the model without it; what cannot be served is not trained");
  }
}

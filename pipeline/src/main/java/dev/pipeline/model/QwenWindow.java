package dev.pipeline.model;

import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * The sliding window of Qwen2 and Qwen3: off unless {@code use_sliding_window}, and then only from
 * layer {@code max_window_layers} on. transformers 5 also writes each layer's kind.
 */
final class QwenWindow {
  private static final String SLIDING = "sliding_attention";

  private QwenWindow() {}

  static SlidingWindow read(JsonNode json, ConfigReader config, int layers) {
    boolean used = config.flag("use_sliding_window");
    int tokens = json.has("sliding_window") ? config.integer("sliding_window", 0) : 4096;
    List<String> kinds = config.texts("layer_types");
    int first = Math.min(layers, config.integer("max_window_layers", 28));
    if (!kinds.isEmpty()) {
      first = (int) kinds.stream().takeWhile(kind -> !kind.equals(SLIDING)).count();
      requireOneBoundary(config, kinds, first, layers);
    }
    if (!used || tokens == 0) {
      if (kinds.contains(SLIDING)) {
        throw config.refused("layer_types says " + SLIDING + ", use_sliding_window does not");
      }
      return SlidingWindow.NONE;
    }
    return first >= layers ? SlidingWindow.NONE : new SlidingWindow(tokens, first);
  }

  private static void requireOneBoundary(
      ConfigReader config, List<String> kinds, int first, int layers) {
    List<String> expected =
        IntStream.range(0, layers)
            .mapToObj(layer -> layer < first ? "full_attention" : SLIDING)
            .toList();
    if (!kinds.equals(expected)) {
      throw config.refused(
          "layer_types must be full_attention and then " + SLIDING + ", " + layers + " in all");
    }
  }
}

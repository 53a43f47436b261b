package dev.pipeline.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a byte-level tokenizer.json does before it merges, whichever of its components say so.
 *
 * @param pattern where text is cut
 * @param singleDigits whether each digit is cut off first
 * @param composes whether text is brought to normalisation form C first
 * @param ignoresMerges whether a piece that is in the vocabulary is taken as it is
 */
record ByteLevelCuts(
    String pattern, boolean singleDigits, boolean composes, boolean ignoresMerges) {
  /** Empty when the components do anything that no pre-tokenizer of llama.cpp does. */
  static Optional<ByteLevelCuts> read(JsonNode tokenizer) {
    List<JsonNode> steps = steps(tokenizer.path("pre_tokenizer"), "pretokenizers");
    List<JsonNode> normalizers = steps(tokenizer.path("normalizer"), "normalizers");
    boolean composes = normalizers.size() == 1 && is(normalizers.get(0), "NFC");
    boolean digits = !steps.isEmpty() && is(steps.get(0), "Digits");
    if (digits && !steps.remove(0).path("individual_digits").asBoolean(false)) {
      return Optional.empty();
    }
    if (!normalizers.isEmpty() && !composes) {
      return Optional.empty();
    }
    return pattern(steps)
        .map(
            pattern ->
                new ByteLevelCuts(
                    pattern,
                    digits,
                    composes,
                    tokenizer.path("model").path("ignore_merges").asBoolean(false)));
  }

  /** Whether {@code known} cuts just so. */
  boolean areThoseOf(PreTokenizer known) {
    return pattern.equals(known.pattern())
        && singleDigits == known.singleDigits()
        && composes == known.composes()
        && ignoresMerges == known.ignoresMerges();
  }

  /** Bytes come last; GPT-2's pattern is built into them, any other is a step before. */
  private static Optional<String> pattern(List<JsonNode> steps) {
    if (steps.isEmpty() || steps.size() > 2) {
      return Optional.empty();
    }
    JsonNode bytes = steps.get(steps.size() - 1);
    if (!is(bytes, "ByteLevel") || bytes.path("add_prefix_space").asBoolean(true)) {
      return Optional.empty();
    }
    boolean builtIn = bytes.path("use_regex").asBoolean(true);
    if (steps.size() == 1) {
      return builtIn ? Optional.of(PreTokenizer.GPT_2.pattern()) : Optional.empty();
    }
    return builtIn || !isolates(steps.get(0))
        ? Optional.empty()
        : steps.get(0).path("pattern").path("Regex").asStringOpt();
  }

  /** The patterns match all of a text, so that removing what lies between removes nothing. */
  private static boolean isolates(JsonNode split) {
    String behavior = split.path("behavior").asString("");
    boolean inverted = split.path("invert").asBoolean(false);
    return is(split, "Split")
        && (inverted ? behavior.equals("Removed") : behavior.equals("Isolated"));
  }

  /** The components of {@code part}, of which it may be one itself; a new list. */
  private static List<JsonNode> steps(JsonNode part, String list) {
    List<JsonNode> steps = new ArrayList<>();
    if (is(part, "Sequence")) {
      part.path(list).forEach(inner -> steps.addAll(steps(inner, list)));
    } else if (part.isObject()) {
      steps.add(part);
    }
    return steps;
  }

  private static boolean is(JsonNode component, String type) {
    return component.path("type").asString("").equals(type);
  }
}

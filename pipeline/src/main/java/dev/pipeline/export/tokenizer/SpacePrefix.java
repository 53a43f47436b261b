package dev.pipeline.export.tokenizer;

import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Where a SentencePiece tokenizer.json puts a space before text; every other space is marked. */
enum SpacePrefix {
  /** Before the text and after every control token. */
  ALWAYS,
  /** The same, but not before another space. */
  UNLESS_SPACE,
  /** Before the text alone. */
  START,
  /** Nowhere. */
  NEVER;

  /** What SentencePiece writes for a space. */
  static final String SPACE = "\u2581";

  /** Refuses normalizers and pre-tokenizers that do anything else. */
  static SpacePrefix read(JsonNode tokenizer, String origin) {
    List<JsonNode> steps = new ArrayList<>();
    collect(tokenizer.path("normalizer"), "normalizers", steps);
    collect(tokenizer.path("pre_tokenizer"), "pretokenizers", steps);
    SpacePrefix prefix = NEVER;
    boolean marks = false;
    for (JsonNode step : steps) {
      switch (step.path("type").asString("")) {
        case "Prepend" -> prefix = requireSpace(step, "prepend", ALWAYS, origin);
        case "Replace" -> {
          requireSpace(step, "content", prefix, origin);
          if (!step.path("pattern").path("String").asString("").equals(" ")) {
            throw refused(step, origin);
          }
          marks = true;
        }
        case "Metaspace" -> {
          prefix = metaspace(requireWhole(step, tokenizer, origin), origin, prefix);
          marks = true;
        }
        default -> throw refused(step, origin);
      }
    }
    if (!marks) {
      throw refused(tokenizer.path("normalizer"), origin);
    }
    return prefix;
  }

  private static void collect(JsonNode part, String list, List<JsonNode> steps) {
    if (part.path("type").asString("").equals("Sequence")) {
      part.path(list).forEach(inner -> collect(inner, list, steps));
    } else if (part.isObject()) {
      steps.add(part);
    }
  }

  private static SpacePrefix metaspace(JsonNode step, String origin, SpacePrefix before) {
    requireSpace(step, "replacement", before, origin);
    return switch (step.path("prepend_scheme").asString("always")) {
      case "never" -> before;
      case "first" -> START;
      default -> step.path("add_prefix_space").asBoolean(true) ? UNLESS_SPACE : before;
    };
  }

  /** A split at spaces shows only in tokens that have one after their first letter. */
  private static JsonNode requireWhole(JsonNode step, JsonNode tokenizer, String origin) {
    boolean splits = step.path("split").asBoolean(true);
    if (splits
        && tokenizer.path("model").path("vocab").propertyNames().stream()
            .anyMatch(token -> token.indexOf(SPACE, 1) > 0)) {
      throw refused(step, origin);
    }
    return step;
  }

  private static SpacePrefix requireSpace(
      JsonNode step, String field, SpacePrefix result, String origin) {
    if (!step.path(field).asString("").equals(SPACE)) {
      throw refused(step, origin);
    }
    return result;
  }

  private static Failure refused(JsonNode step, String origin) {
    return Failure.refused(
        origin + " changes text before it is cut in a way that llama.cpp cannot: " + step,
        "use a model whose tokenizer marks spaces as Llama 2's does (Prepend and Replace, or a"
            + " Metaspace that does not split); or train its adapter alone with --only");
  }
}

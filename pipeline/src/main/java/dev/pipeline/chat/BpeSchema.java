package dev.pipeline.chat;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the model and the added tokens of a {@code tokenizer.json} may look like. */
final class BpeSchema {
  private static final List<String> FLAGS = List.of("fuse_unk", "byte_fallback", "ignore_merges");

  /**
   * The library cuts as many bytes off every token as the prefix has, wherever that falls, and
   * loses words whose last letter has no token with the suffix.
   */
  private static final List<String> EMPTY =
      List.of("continuing_subword_prefix", "end_of_word_suffix");

  private BpeSchema() {}

  /** What is wrong with {@code model}, if anything. */
  static Optional<String> fault(JsonNode model) {
    if (!model.path("type").asString("").equals("BPE")) {
      return Optional.of("a model of type " + model.path("type") + ", not BPE");
    }
    if (!isAbsent(model.path("dropout"))) {
      return Optional.of("dropout, which makes tokens a matter of chance");
    }
    for (String name : FLAGS) {
      if (!isAbsent(model.path(name)) && !model.path(name).isBoolean()) {
        return Optional.of(name + " " + model.path(name));
      }
    }
    for (String name : List.of("unk_token", "end_of_word_suffix", "continuing_subword_prefix")) {
      JsonNode text = model.path(name);
      boolean fits = text.isString() && (!EMPTY.contains(name) || text.asString().isEmpty());
      if (!isAbsent(text) && !fits) {
        return Optional.of(name + " " + text);
      }
    }
    JsonNode vocabulary = model.path("vocab");
    if (!vocabulary.isObject() || !vocabulary.valueStream().allMatch(BpeSchema::isId)) {
      return Optional.of("a vocab that is not ids by text");
    }
    if (vocabulary.valueStream().map(JsonNode::asInt).distinct().count() < vocabulary.size()) {
      return Optional.of("two tokens with one id");
    }
    return model.path("merges").isArray()
        ? model
            .get("merges")
            .valueStream()
            .filter(merge -> !joins(vocabulary, merge))
            .findFirst()
            .map(merge -> "the merge " + merge + ", which joins no two tokens to one")
        : Optional.of("no list of merges");
  }

  /** What is wrong with {@code tokens}, if anything. */
  static Optional<String> addedFault(JsonNode tokens) {
    if (!tokens.isArray() && !isAbsent(tokens)) {
      return Optional.of("added_tokens that are no list");
    }
    return tokens
        .valueStream()
        .filter(token -> !isAdded(token))
        .findFirst()
        .map(token -> "the added token " + token);
  }

  private static boolean isAdded(JsonNode token) {
    return isId(token.path("id"))
        && token.path("content").isString()
        && !token.path("content").asString().isEmpty()
        && !(token.path("special").asBoolean(false) && token.path("single_word").asBoolean(false))
        && List.of("single_word", "lstrip", "rstrip", "normalized", "special").stream()
            .allMatch(name -> token.path(name).isBoolean());
  }

  private static boolean isId(JsonNode id) {
    return id.isInt() && id.asInt() >= 0;
  }

  /** Newer files hold a pair, older ones its parts with a space between. */
  private static boolean joins(JsonNode vocabulary, JsonNode merge) {
    List<String> parts =
        merge.isArray()
            ? merge.valueStream().map(part -> part.asString("")).toList()
            : List.of(merge.asString("").split(" ", -1));
    return parts.size() == 2
        && vocabulary.has(parts.get(0))
        && vocabulary.has(parts.get(1))
        && vocabulary.has(parts.get(0) + parts.get(1));
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isNull() || node.isMissingNode();
  }
}

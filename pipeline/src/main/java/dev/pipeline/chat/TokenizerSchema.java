package dev.pipeline.chat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * What a {@code tokenizer.json} may be made of: the components that decoders' tokenizers use, with
 * fields of the right kinds. The native library aborts the process on many that are not.
 */
final class TokenizerSchema {
  private static final int LONGEST_STRIP = 1000;

  private static final Predicate<JsonNode> TEXT = JsonNode::isString;
  private static final Predicate<JsonNode> SOME_TEXT = TokenizerSchema::isSomeText;
  private static final Predicate<JsonNode> LETTER = TokenizerSchema::isLetter;
  private static final Predicate<JsonNode> FLAG = JsonNode::isBoolean;
  private static final Predicate<JsonNode> COUNT = TokenizerSchema::isCount;
  private static final Predicate<JsonNode> BEHAVIOR =
      oneOf("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous");
  private static final Predicate<JsonNode> PATTERN = TokenizerSchema::isPattern;

  private static final Map<String, Predicate<JsonNode>> BYTE_LEVEL =
      Map.of("add_prefix_space", FLAG, "trim_offsets", FLAG, "use_regex", absentOr(FLAG));
  private static final Map<String, Predicate<JsonNode>> METASPACE =
      Map.of(
          "replacement", LETTER,
          "prepend_scheme", absentOr(oneOf("always", "first", "never")),
          "split", absentOr(FLAG));
  private static final Map<String, Predicate<JsonNode>> REPLACE =
      Map.of("pattern", PATTERN, "content", TEXT);

  private TokenizerSchema() {}

  /**
   * A part of a tokenizer that is a component or a sequence of them.
   *
   * @param list the field of a sequence that lists them
   * @param types fields by type of component
   */
  record Part(String list, Map<String, Map<String, Predicate<JsonNode>>> types) {}

  static final Map<String, Part> PARTS =
      Map.of(
          "normalizer",
          new Part(
              "normalizers",
              Map.of(
                  "NFC", Map.of(),
                  "NFD", Map.of(),
                  "NFKC", Map.of(),
                  "NFKD", Map.of(),
                  "Lowercase", Map.of(),
                  "Prepend", Map.of("prepend", SOME_TEXT),
                  // What is replaced by nothing is never learned.
                  "Replace", Map.of("pattern", PATTERN, "content", SOME_TEXT))),
          "pre_tokenizer",
          new Part(
              "pretokenizers",
              Map.of(
                  "ByteLevel",
                  BYTE_LEVEL,
                  "Digits",
                  Map.of("individual_digits", FLAG),
                  "Metaspace",
                  METASPACE,
                  "Split",
                  Map.of("pattern", PATTERN, "behavior", BEHAVIOR, "invert", FLAG))),
          "post_processor",
          new Part("processors", Map.of("ByteLevel", BYTE_LEVEL)),
          "decoder",
          new Part(
              "decoders",
              Map.of(
                  "ByteLevel",
                  BYTE_LEVEL,
                  "ByteFallback",
                  Map.of(),
                  "Fuse",
                  Map.of(),
                  "Metaspace",
                  METASPACE,
                  "Replace",
                  REPLACE,
                  "Strip",
                  Map.of("content", LETTER, "start", COUNT, "stop", COUNT))));

  /** What is wrong with {@code component}, if anything. */
  static Optional<String> fault(Part part, JsonNode component) {
    if (component.isNull() || component.isMissingNode()) {
      return Optional.empty();
    }
    String type = component.path("type").asString("");
    if (type.equals("Sequence")) {
      return sequenceFault(part, component.path(part.list()));
    }
    Map<String, Predicate<JsonNode>> fields = part.types().get(type);
    if (fields == null) {
      return Optional.of("the unknown component " + component.path("type"));
    }
    return fields.entrySet().stream()
        .filter(field -> !field.getValue().test(component.path(field.getKey())))
        .findFirst()
        .map(field -> type + " with " + field.getKey() + " " + component.path(field.getKey()));
  }

  private static Optional<String> sequenceFault(Part part, JsonNode list) {
    if (!list.isArray()) {
      return Optional.of("a sequence without " + part.list());
    }
    return list.valueStream()
        .map(
            inner ->
                inner.path("type").isString() ? fault(part, inner) : Optional.of("no component"))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static boolean isSomeText(JsonNode node) {
    return node.isString() && !node.asString().isEmpty();
  }

  private static boolean isLetter(JsonNode node) {
    return node.isString() && node.asString().codePoints().count() == 1;
  }

  private static boolean isCount(JsonNode node) {
    return node.isInt() && node.asInt() >= 0 && node.asInt() <= LONGEST_STRIP;
  }

  /** Any other expression could search without end, which ends the process too. */
  private static boolean isPattern(JsonNode pattern) {
    if (pattern.size() != 1) {
      return false;
    }
    return pattern.has("String")
        ? pattern.get("String").isString() && !pattern.get("String").asString().isEmpty()
        : PreTokenizer.knows(pattern.path("Regex").asString(""));
  }

  private static Predicate<JsonNode> absentOr(Predicate<JsonNode> kind) {
    return node -> node.isMissingNode() || kind.test(node);
  }

  private static Predicate<JsonNode> oneOf(String... texts) {
    return node -> node.isString() && List.of(texts).contains(node.asString());
  }
}

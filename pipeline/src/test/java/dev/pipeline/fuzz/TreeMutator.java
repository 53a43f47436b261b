package dev.pipeline.fuzz;

import dev.pipeline.io.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Damages JSON and leaves it JSON: values of the wrong kind, missing and unknown parts. */
final class TreeMutator {
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "-1",
          "0",
          "1",
          "7",
          "2147483647",
          "0.5",
          "\"\"",
          "\"a\"",
          "\" \"",
          "\"a b\"",
          "\"\u2581\"",
          "\"(\"",
          "\"(a*)*b\"",
          "\"(?=\"",
          "\"never\"",
          "\"Isolated\"",
          "\"BPE\"",
          "\"Unigram\"",
          "\"WordPiece\"",
          "\"WordLevel\"",
          "\"NFC\"",
          "\"Replace\"",
          "\"Prepend\"",
          "\"Strip\"",
          "\"Split\"",
          "\"ByteLevel\"",
          "\"ByteFallback\"",
          "\"Fuse\"",
          "\"Metaspace\"",
          "\"Sequence\"",
          "\"Precompiled\"",
          "\"BertNormalizer\"",
          "\"TemplateProcessing\"",
          "\"CTC\"",
          "[]",
          "{}",
          "[[]]",
          "[\"a\"]",
          "[\"a\",\"b\"]",
          "[\"a\",\"b\",\"c\"]",
          "{\"type\":\"NFC\"}",
          "{\"type\":\"ByteLevel\"}",
          "{\"type\":\"Metaspace\",\"replacement\":\"ab\",\"prepend_scheme\":\"always\"}",
          "{\"type\":\"Metaspace\",\"replacement\":\"\",\"add_prefix_space\":true}",
          "{\"type\":\"Strip\",\"content\":\"\",\"start\":1,\"stop\":1}",
          "{\"type\":\"Strip\",\"content\":\" \",\"start\":100,\"stop\":100}",
          "{\"type\":\"Precompiled\",\"precompiled_charsmap\":\"AAAA\"}",
          "{\"type\":\"Punctuation\",\"behavior\":\"Isolated\"}",
          "{\"type\":\"Prepend\",\"prepend\":\"\"}",
          "{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"\"},\"content\":\"ab\"}",
          "{\"type\":\"Replace\",\"pattern\":{\"String\":\"\"},\"content\":\"ab\"}",
          "{\"type\":\"Split\",\"pattern\":{\"String\":\"\"},\"behavior\":\"Removed\",\"invert\":true}",
          "{\"type\":\"CTC\",\"pad_token\":\"\",\"word_delimiter_token\":\"\",\"cleanup\":true}",
          "{\"type\":\"Unigram\",\"unk_id\":9,\"vocab\":[[\"a\",0.0]],\"byte_fallback\":true}",
          "{\"type\":\"Unigram\",\"unk_id\":null,\"vocab\":[],\"byte_fallback\":false}",
          "{\"type\":\"WordPiece\",\"unk_token\":\"u\",\"continuing_subword_prefix\":\"#\","
              + "\"max_input_chars_per_word\":1,\"vocab\":{\"a\":0}}",
          "{\"type\":\"WordLevel\",\"unk_token\":\"u\",\"vocab\":{}}",
          "{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[\"a a\"]}",
          "{\"type\":\"BPE\",\"vocab\":{\"a\":9,\"b\":9,\"ab\":1},\"merges\":[[\"a\",\"b\"]]}");

  private final SplittableRandom random;

  TreeMutator(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** A damaged copy. */
  JsonNode damage(JsonNode valid) {
    JsonNode copy = valid.deepCopy();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      once(copy);
    }
    return copy;
  }

  private void once(JsonNode root) {
    JsonNode parent = root;
    while (true) {
      List<JsonNode> containers = new ArrayList<>();
      parent.forEach(
          child -> {
            if (child.isContainer() && !child.isEmpty()) {
              containers.add(child);
            }
          });
      if (containers.isEmpty() || random.nextInt(4) == 0) {
        break;
      }
      parent = containers.get(random.nextInt(containers.size()));
    }
    JsonNode value = Json.mapper().readTree(VALUES.get(random.nextInt(VALUES.size())));
    if (parent instanceof ObjectNode object) {
      List<String> names = List.copyOf(object.propertyNames());
      String name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
      change(object, name, value);
    } else if (parent instanceof ArrayNode array) {
      int index = random.nextInt(array.size());
      if (random.nextBoolean()) {
        array.set(index, value);
      } else {
        array.remove(index);
      }
    }
  }

  private void change(ObjectNode object, String name, JsonNode value) {
    switch (random.nextInt(4)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(name + "x", object.remove(name));
      default -> object.set(name, value);
    }
  }
}

package dev.pipeline.chat;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks a {@code tokenizer.json} before the native library reads it: what that library cannot
 * parse makes it abort the whole process.
 */
final class TokenizerJson {
  /** Components nest two or three deep; the library gives up at 128. */
  private static final int DEEPEST = 32;

  private static final String FIX =
      "restore tokenizer.json of the model folder, or use a model whose tokenizer is SentencePiece"
          + " BPE or byte-level BPE that cuts text as one of these: "
          + String.join(", ", PreTokenizer.allNames());

  private final Path file;

  private TokenizerJson(Path file) {
    this.file = file;
  }

  /**
   * A file that may be handed on.
   *
   * @param text its content, written anew so that every reader understands it alike
   * @param added ids of the tokens that are found in text before it is cut
   * @param size one more than the highest id
   */
  record Checked(String text, Map<String, Integer> added, int size) {}

  /** Reads and checks {@code file}. */
  static Checked checked(Path file) {
    return new TokenizerJson(file).checked();
  }

  private Checked checked() {
    JsonNode json = parse();
    if (!(json instanceof ObjectNode tokenizer)) {
      throw refused("is no JSON object");
    }
    requirePlain(tokenizer, 0);
    // Nothing is ever cut or filled up here, and no tokens are added around the text.
    tokenizer.putNull("truncation").putNull("padding");
    tokenizer.set("post_processor", textProcessor(tokenizer.path("post_processor")));
    TokenizerSchema.PARTS.forEach(
        (name, part) -> refuseIf(name, TokenizerSchema.fault(part, tokenizer.path(name))));
    refuseIf("added_tokens", BpeSchema.addedFault(tokenizer.path("added_tokens")));
    refuseIf("model", BpeSchema.fault(tokenizer.path("model")));
    refuseIf("model", Alphabet.fault(tokenizer));
    Map<String, Integer> added = new LinkedHashMap<>();
    tokenizer
        .path("added_tokens")
        .forEach(token -> added.put(token.path("content").asString(), token.path("id").asInt()));
    int highest =
        Stream.concat(
                tokenizer.path("model").path("vocab").valueStream().map(JsonNode::asInt),
                added.values().stream())
            .mapToInt(id -> id)
            .max()
            .orElse(-1);
    return new Checked(Json.line(tokenizer), added, highest + 1);
  }

  /** The one post-processor that says where tokens lie in the text; others only add tokens. */
  private static JsonNode textProcessor(JsonNode processor) {
    return Stream.concat(Stream.of(processor), processor.path("processors").valueStream())
        .filter(candidate -> candidate.path("type").asString("").equals("ByteLevel"))
        .findFirst()
        .orElse(Json.mapper().nullNode());
  }

  private void refuseIf(String part, Optional<String> fault) {
    fault.ifPresent(
        what -> {
          throw refused("has in its " + part + " " + what);
        });
  }

  private JsonNode parse() {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(java.nio.ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
      return Json.mapper()
          .reader()
          .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .readTree(text);
    } catch (CharacterCodingException e) {
      throw refused("is not UTF-8");
    } catch (IOException e) {
      throw Failure.refused("cannot read " + file, FIX);
    } catch (JacksonException e) {
      throw refused("is not JSON: " + Json.fault(e));
    }
  }

  /** Only numbers and text that every reader knows, and not nested without end. */
  private void requirePlain(JsonNode node, int depth) {
    if (depth > DEEPEST) {
      throw refused("nests deeper than " + DEEPEST + " levels");
    }
    if (node.isNumber()
        && !node.isInt()
        && !(node.isDouble() && Double.isFinite(node.asDouble()))) {
      throw refused("holds the number " + node);
    }
    if (node.isString()) {
      requireUnicode(node.asString());
    }
    if (node.isObject()) {
      node.propertyNames().forEach(this::requireUnicode);
    }
    for (JsonNode child : node) {
      requirePlain(child, depth + 1);
    }
  }

  private void requireUnicode(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw refused("holds half a character");
    }
  }

  private Failure refused(String problem) {
    return Failure.refused(file + " " + problem, FIX);
  }
}

package dev.pipeline.chat;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads the {@code tokenizer.json} of a BERT; what would cut text otherwise is refused by name. */
final class WordPieceJson {
  private static final String FIX =
      "use a folder whose tokenizer.json was saved by transformers' fast tokenizer of its model";

  private static final int LONGEST_WORD = 100;

  private final Path file;
  private final JsonNode json;

  private WordPieceJson(Path file, JsonNode json) {
    this.file = file;
    this.json = json;
  }

  static boolean isWordPiece(Path file) {
    JsonNode model = parse(file).path("model");
    // The first of these files, BERT's own among them, do not say their type.
    return model.path("type").asString("WordPiece").equals("WordPiece")
        && model.has("continuing_subword_prefix");
  }

  static WordPiece open(Path file) {
    return new WordPieceJson(file, parse(file)).read();
  }

  private WordPiece read() {
    require("normalizer", "BertNormalizer");
    require("pre_tokenizer", "BertPreTokenizer");
    JsonNode model = json.path("model");
    Map<String, Integer> vocabulary = vocabulary(model.path("vocab"));
    String unknown = model.path("unk_token").asString("");
    if (!vocabulary.containsKey(unknown)) {
      throw refused("its vocabulary lacks the unknown token \"" + unknown + "\"");
    }
    return new WordPiece(
        text(json.path("normalizer")),
        vocabulary,
        model.path("continuing_subword_prefix").asString("##"),
        unknown,
        model.path("max_input_chars_per_word").asInt(LONGEST_WORD));
  }

  private static BertText text(JsonNode normalizer) {
    boolean lower = normalizer.path("lowercase").asBoolean(true);
    return new BertText(
        normalizer.path("clean_text").asBoolean(true),
        normalizer.path("handle_chinese_chars").asBoolean(true),
        // As in BERT, null means: with the case.
        normalizer.hasNonNull("strip_accents")
            ? normalizer.path("strip_accents").asBoolean(lower)
            : lower,
        lower);
  }

  private Map<String, Integer> vocabulary(JsonNode entries) {
    Map<String, Integer> vocabulary = new HashMap<>();
    entries.properties().forEach(entry -> put(vocabulary, entry.getKey(), entry.getValue()));
    json.path("added_tokens")
        .forEach(token -> put(vocabulary, token.path("content").asString(""), token.path("id")));
    if (vocabulary.isEmpty()) {
      throw refused("it has no vocabulary");
    }
    return vocabulary;
  }

  private void put(Map<String, Integer> vocabulary, String token, JsonNode id) {
    if (!id.isInt() || id.asInt() < 0) {
      throw refused("the id of \"" + token + "\" is " + id);
    }
    vocabulary.put(token, id.asInt());
  }

  private void require(String part, String type) {
    String found = json.path(part).path("type").asString("none");
    if (!found.equals(type)) {
      throw refused("its " + part + " is " + found + ", only " + type + " goes with WordPiece");
    }
  }

  private Failure refused(String problem) {
    return Failure.refused(file + ": " + problem, FIX);
  }

  private static JsonNode parse(Path file) {
    try {
      return Json.mapper().readTree(Files.readString(file));
    } catch (IOException e) {
      throw Failure.refused("cannot read " + file, FIX);
    } catch (JacksonException e) {
      throw Failure.refused(file + " is not JSON: " + Json.fault(e), FIX);
    }
  }
}

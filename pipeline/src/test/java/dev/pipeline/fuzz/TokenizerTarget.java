package dev.pipeline.fuzz;

import dev.pipeline.chat.Tokenizer;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code tokenizer.json}, which a native library reads. */
final class TokenizerTarget implements Target {
  private static final Path BASE = Path.of("../artifacts/base/tokenizer.json");
  private static final int TOKENS = 300;

  @Override
  public List<byte[]> seeds() throws IOException {
    ObjectNode json = (ObjectNode) Json.mapper().readTree(Files.readString(BASE));
    ObjectNode vocabulary = (ObjectNode) json.path("model").path("vocab");
    List<String> late =
        vocabulary.properties().stream()
            .filter(entry -> entry.getValue().asInt() >= TOKENS)
            .map(java.util.Map.Entry::getKey)
            .toList();
    vocabulary.remove(late);
    int next = vocabulary.size();
    for (JsonNode token : json.path("added_tokens")) {
      ((ObjectNode) token).put("id", next++);
    }
    ArrayNode merges = (ArrayNode) json.path("model").path("merges");
    while (merges.size() > 0 && !known(vocabulary, merges.get(merges.size() - 1))) {
      merges.remove(merges.size() - 1);
    }
    byte[] compact = Json.line(json).getBytes(StandardCharsets.UTF_8);
    return List.of(compact);
  }

  /** Half of the inputs stay JSON, so that they come past its parser. */
  @Override
  public byte[] mend(byte[] damaged, boolean wanted) {
    if (!wanted) {
      return damaged;
    }
    try {
      JsonNode valid = Json.mapper().readTree(seeds().get(0));
      long seed = Arrays.hashCode(damaged);
      return Json.line(new TreeMutator(seed).damage(valid)).getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean known(ObjectNode vocabulary, JsonNode merge) {
    String joined =
        merge.isArray()
            ? merge.get(0).asString("") + merge.get(1).asString("")
            : merge.asString("").replace(" ", "");
    return vocabulary.has(joined);
  }

  @Override
  public void read(Path file) {
    try (Tokenizer tokenizer = Tokenizer.open(file)) {
      for (String text : List.of("", "The price is 12.50 EUR.", "<|im_start|>a\n\n  b", "日本語")) {
        tokenizer.decode(tokenizer.encode(text));
        tokenizer.encodeWithOffsets(text);
      }
    }
  }

  @Override
  public long allowance(long length) {
    return (4 << 20) + 256 * length;
  }
}

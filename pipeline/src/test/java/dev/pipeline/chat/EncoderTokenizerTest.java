package dev.pipeline.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Ids of the tokenizers library, which {@code scripts/peers/toxicity_classifier.py} recorded. */
class EncoderTokenizerTest {
  private static final Path VARIANTS = Path.of("src/test/resources/classifiers");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "distilbert"})
  void idsAreThoseOfTheLibrary(String variant) throws IOException {
    Path model = VARIANTS.resolve(variant);
    JsonNode rows = Json.mapper().readTree(Files.readString(model.resolve("expected.json")));
    assertThat(rows.size()).isGreaterThan(5);
    try (EncoderTokenizer tokenizer = EncoderTokenizer.open(model.resolve("tokenizer.json"))) {
      for (JsonNode row : rows) {
        String text = row.path("text").asString();
        long[] ids = row.path("ids").valueStream().mapToLong(JsonNode::asLong).toArray();
        assertThat(tokenizer.encode(text)).as(text).isEqualTo(ids);
      }
    }
  }

  @Test
  void aWordWithoutPiecesIsUnknown() {
    try (EncoderTokenizer tokenizer = bert()) {
      long unknown = tokenizer.id("[UNK]").orElseThrow();
      assertThat(tokenizer.encode("漢" + " " + "e".repeat(101))).containsExactly(unknown, unknown);
      assertThat(tokenizer.encode("e".repeat(100))).doesNotContain(unknown);
      assertThat(tokenizer.id("nonsense")).isEmpty();
    }
  }

  @Test
  void anOldFileDoesNotSayItsType() throws IOException {
    String json = Files.readString(VARIANTS.resolve("bert/tokenizer.json"));
    Path old = folder.resolve("tokenizer.json");
    Files.writeString(old, json.replace("\"type\": \"WordPiece\",\n    \"unk", "\"unk"));
    try (EncoderTokenizer now = bert();
        EncoderTokenizer then = EncoderTokenizer.open(old)) {
      assertThat(old).content().doesNotContain("\"WordPiece\",\n    \"unk");
      assertThat(then.encode("We agree.")).isEqualTo(now.encode("We agree."));
    }
  }

  @Test
  void refusesWhatCutsTextOtherwise() throws IOException {
    String json = Files.readString(VARIANTS.resolve("bert/tokenizer.json"));
    Path other = folder.resolve("tokenizer.json");
    Files.writeString(other, json.replace("BertPreTokenizer", "Whitespace"));
    assertThatThrownBy(() -> EncoderTokenizer.open(other))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("its pre_tokenizer is Whitespace");
    Files.writeString(other, json.replace("\"unk_token\": \"[UNK]\"", "\"unk_token\": \"[no]\""));
    assertThatThrownBy(() -> EncoderTokenizer.open(other))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("lacks the unknown token");
  }

  private static EncoderTokenizer bert() {
    return EncoderTokenizer.open(VARIANTS.resolve("bert/tokenizer.json"));
  }
}

package dev.pipeline.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Each of these ends the process when the native library is handed it, or could. */
class TokenizerJsonTest {
  private static final Path BASE = Path.of("../artifacts/base/tokenizer.json");
  private static final String SMALL =
      """
      {"version":"1.0","added_tokens":[],"normalizer":null,"pre_tokenizer":null,
       "post_processor":{"type":"Sequence","processors":[
         {"type":"ByteLevel","add_prefix_space":true,"trim_offsets":false},
         {"type":"TemplateProcessing"}]},
       "decoder":{"type":"Strip","content":" ","start":1,"stop":0},
       "model":{"type":"BPE","unk_token":"a","vocab":{"a":0,"b":1,"ab":2},"merges":["a b"]}}
      """;

  @TempDir Path folder;

  @Test
  void theShippedTokenizerKeepsAllThatCounts() throws IOException {
    assertThat(TokenizerJson.checked(BASE).text()).contains("\"ByteLevel\"", "\"<|im_end|>\"");
    assertThat(checked(SMALL))
        .contains("\"trim_offsets\":false")
        .doesNotContain("TemplateProcessing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"start\":1|\"start\":1e999|number",
        "\"start\":1|\"start\":99999999999|number",
        "\"start\":1|\"start\":-1|Strip with start",
        "\" \"|\"\\ud800\"|half a character",
        "null,\"pre|{\"type\":\"Precompiled\"},\"pre|the unknown component \"Precompiled\"",
        "\"BPE\"|\"Unigram\"|not BPE",
        "\"merges\"|\"dropout\":0.1,\"merges\"|dropout",
        "\"merges\"|\"continuing_subword_prefix\":\"##\",\"merges\"|continuing_subword_prefix",
        "a b|a c|joins no two tokens",
        "\"b\":1|\"b\":-1|ids by text",
        "[],\"nor|[{\"id\":1}],\"nor|the added token",
        "\"merges\"|\"end_of_word_suffix\":\"</w>\",\"merges\"|end_of_word_suffix",
        "\"b\":1|\"b\":0|two tokens with one id",
        "\"unk_token\":\"a\"|\"unk_token\":\"c\"|which is no token",
        "\"unk_token\":\"a\",|''|neither bytes nor an unk_token",
        "null,\"pre|{\"type\":\"Prepend\",\"prepend\":\"\"},\"pre|Prepend with prepend",
        "null,\"pre|{\"type\":\"Replace\",\"pattern\":{\"String\":\"e\"},\"content\":\"\"},\"pre|Replace with content",
        "\"version\"|\"version\":1,\"version\"|not JSON"
      })
  void refusesWhatTheLibraryDiesOf(String valid, String damaged, String reason) {
    String json = SMALL.replace(valid, damaged);
    assertThat(json).isNotEqualTo(SMALL);
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> checked(json))
        .withMessageContaining(reason);
  }

  @Test
  void refusesPatternsThatMaySearchWithoutEnd() {
    String json =
        SMALL.replace(
            "\"pre_tokenizer\":null",
            "\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"Regex\":\"(a*)*b\"},"
                + "\"behavior\":\"Isolated\",\"invert\":false}");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> checked(json))
        .withMessageContaining("Split with pattern");
  }

  @Test
  void refusesAddedTokensThatTheLibraryNumbersOtherwise() throws IOException {
    String token =
        "{\"id\":%d,\"content\":\"<|end|>\",\"single_word\":false,\"lstrip\":false,"
            + "\"rstrip\":false,\"normalized\":false,\"special\":true}";
    String added = "\"added_tokens\":[" + token + "]";
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, SMALL.replace("\"added_tokens\":[]", added.formatted(3)));
    try (Tokenizer tokenizer = Tokenizer.open(file)) {
      assertThat(tokenizer.encode("ab<|end|>")).containsExactly(2, 3);
    }
    Files.writeString(file, SMALL.replace("\"added_tokens\":[]", added.formatted(7)));
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> Tokenizer.open(file))
        .withMessageContaining("<|end|> the id 7");
  }

  @Test
  void refusesByteLevelWithoutAllBytesOfTexts() throws IOException {
    ObjectNode json = (ObjectNode) Json.mapper().readTree(Files.readString(BASE));
    ObjectNode vocabulary = (ObjectNode) json.path("model").path("vocab");
    vocabulary.remove("\u0100");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> checked(Json.line(json)))
        .withMessageContaining("no token for the byte 0x00");
  }

  @Test
  void refusesControlTokensThatAreOnlyFoundAsWords() throws IOException {
    String json =
        Files.readString(BASE).replaceAll("\"single_word\" ?: ?false", "\"single_word\":true");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> checked(json))
        .withMessageContaining("the added token");
  }

  private String checked(String json) throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, json);
    return TokenizerJson.checked(file).text();
  }
}

package dev.pipeline.export.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.weights.gguf.GgufMetadata;
import dev.pipeline.weights.gguf.GgufValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** What a GGUF says of a tokenizer beyond its tokens, and what is refused or told apart. */
class GgufTokenizerKeysTest {
  private static final Map<String, String> CONFIG = Map.of("bos_token", "<s>", "eos_token", "</s>");

  @TempDir Path folder;
  private ObjectNode tokenizer;

  @BeforeEach
  void read() throws IOException {
    Path file = Path.of("src/test/resources/tokenizers/sentencepiece.json");
    tokenizer = (ObjectNode) Json.mapper().readTree(Files.readString(file));
  }

  @Test
  void specialTokensKeepTheirIds() throws IOException {
    GgufMetadata keys =
        keys(
            Map.of(
                "bos_token",
                "<s>",
                "eos_token",
                Map.of("content", "</s>"),
                "pad_token",
                "<|end|>"));
    assertThat(keys.whole("tokenizer.ggml.bos_token_id")).isEqualTo(1);
    assertThat(keys.whole("tokenizer.ggml.eos_token_id")).isEqualTo(2);
    assertThat(keys.texts("tokenizer.ggml.tokens").get(id(keys, "padding_token_id")))
        .isEqualTo("<|end|>");
    assertThat(keys.wholes("tokenizer.ggml.token_type").subList(0, 4))
        .containsExactly(2L, 3L, 3L, 6L);
  }

  @Test
  void whatJoinsFirstHasTheHighestScore() throws IOException {
    GgufMetadata keys = keys(CONFIG);
    GgufValue.Array scores = (GgufValue.Array) keys.find("tokenizer.ggml.scores").orElseThrow();
    assertThat(scores.values().subList(259, 262))
        .containsExactly(GgufValue.float32(0), GgufValue.float32(-1), GgufValue.float32(-2));
  }

  @Test
  void theBeginningIsAddedWhereTheFlagTheTemplateAroundTextsOrTheClassSaysSo() throws IOException {
    assertThat(addsBeginning(CONFIG)).isFalse();
    assertThat(addsBeginning(with("add_bos_token", true))).isTrue();
    assertThat(addsBeginning(with("tokenizer_class", "LlamaTokenizerFast"))).isTrue();
    tokenizer.set(
        "post_processor",
        Json.mapper()
            .readTree(
                "{\"type\":\"TemplateProcessing\",\"single\":[{\"SpecialToken\":{\"id\":\"<s>\"}},"
                    + "{\"Sequence\":{\"id\":\"A\"}}]}"));
    assertThat(addsBeginning(CONFIG)).isTrue();
    assertThat(addsBeginning(with("add_bos_token", false))).isFalse();
  }

  @Test
  void theBeginningIsNotAddedWhereTheChatTemplateWritesIt() throws IOException {
    ExportedTokenizer exported =
        ExportedTokenizer.write(folder, tokenizer, with("add_bos_token", true))
            .withTemplate("{{ bos_token }}[INST] {{ messages[0].content }}");
    assertThat(exported.metadata("tiny").truth("tokenizer.ggml.add_bos_token")).isFalse();
  }

  @Test
  void anUnknownCutIsRefusedWithWhatWasFoundAndWhatIsKnown() throws IOException {
    tokenizer.putNull("normalizer");
    ((ObjectNode) tokenizer.get("model")).put("byte_fallback", false);
    tokenizer.set("pre_tokenizer", Json.mapper().readTree("{\"type\":\"Whitespace\"}"));
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> keys(CONFIG))
        .withMessageContaining(folder.resolve("tokenizer.json").toString())
        .withMessageContaining("pre_tokenizer {\"type\":\"Whitespace\"}")
        .satisfies(failure -> assertThat(failure.fix()).contains("llama-bpe, llama3", "qwen2"));
  }

  @Test
  void spacesMarkedInAnotherWayAreRefused() {
    tokenizer.set("normalizer", Json.mapper().readTree("{\"type\":\"NFKC\"}"));
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> keys(CONFIG))
        .withMessageContaining("NFKC");
  }

  @Test
  void aMissingByteIsRefused() {
    ((ObjectNode) tokenizer.get("model").get("vocab")).remove("<0x0A>");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> keys(CONFIG))
        .withMessageContaining("<0x0A>");
  }

  @Test
  void whatLlamaCppDoesOtherwiseIsTold() throws IOException {
    assertThat(differences()).isEmpty();
    ((ObjectNode) tokenizer.get("added_tokens").get(2)).put("lstrip", true);
    tokenizer.path("model").withArray("merges").remove(0);
    assertThat(differences())
        .hasSize(2)
        .anySatisfy(
            told -> assertThat(told).contains("joins 1 pairs of tokens that no merge joins"))
        .anySatisfy(told -> assertThat(told).contains("keeps the white space beside </s>"));
  }

  private List<String> differences() throws IOException {
    return new ArrayList<>(ExportedTokenizer.write(folder, tokenizer, CONFIG).differences());
  }

  private boolean addsBeginning(Map<String, ?> config) throws IOException {
    return keys(config).truth("tokenizer.ggml.add_bos_token");
  }

  private GgufMetadata keys(Map<String, ?> config) throws IOException {
    return ExportedTokenizer.write(folder, tokenizer, config).metadata("tiny");
  }

  private static int id(GgufMetadata keys, String name) {
    return Math.toIntExact(keys.whole("tokenizer.ggml." + name));
  }

  private static Map<String, Object> with(String key, Object value) {
    return Map.of("bos_token", "<s>", "eos_token", "</s>", key, value);
  }
}

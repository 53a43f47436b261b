package dev.pipeline.export.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.chat.Tokenizer;
import dev.pipeline.chat.TrickyTexts;
import dev.pipeline.export.llama.LlamaProcess;
import dev.pipeline.io.Json;
import dev.pipeline.weights.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tokenizers built as those of each family are: llama.cpp must cut text from the exported GGUF as
 * tokenizer.json does, and so must the tokenizer.json that the GGUF turns back to.
 */
@Tag("recipe")
class TokenizerFamiliesTest {
  private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");
  private static final Pattern SPACE_FIRST = Pattern.compile("(^|>)[ \u2581]");
  private static final String BYTES =
      "{\"type\":\"ByteLevel\",\"add_prefix_space\":false,\"trim_offsets\":true,\"use_regex\":%s}";
  private static final String CL100K =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  private static final String QWEN =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  private static final String O200K =
      "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
          + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
          + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
          + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
          + "|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  private static final String TEKKEN =
      "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
          + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
          + "|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private static final String PREPEND_AND_REPLACE =
      "{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Prepend\",\"prepend\":\"\u2581\"},"
          + "{\"type\":\"Replace\",\"pattern\":{\"String\":\" \"},\"content\":\"\u2581\"}]}";

  private static LlamaProcess llama;

  @TempDir Path folder;

  /** How the tokenizer.json of a family, as published, cuts text; from its own file. */
  enum ByteLevel {
    GPT_2("gpt-2", "null", BYTES.formatted(true), false),
    SMOLLM_2(
        "smollm",
        "null",
        sequence("{\"type\":\"Digits\",\"individual_digits\":true}", BYTES.formatted(true)),
        false),
    LLAMA_3("llama-bpe", "null", split(CL100K, "Isolated", false), true),
    PHI_4("dbrx", "null", split(CL100K, "Removed", true), false),
    QWEN_2("qwen2", "{\"type\":\"NFC\"}", split(QWEN, "Isolated", false), false),
    STABLELM_2("stablelm2", "null", split(QWEN, "Removed", true), false),
    PHI_4_MINI("gpt-4o", "null", split(O200K, "Removed", true), false),
    MISTRAL_NEMO("tekken", "null", split(TEKKEN, "Isolated", false), true);

    private final String pre;
    private final String normalizer;
    private final String preTokenizer;
    private final boolean ignoresMerges;

    ByteLevel(String pre, String normalizer, String preTokenizer, boolean ignoresMerges) {
      this.pre = pre;
      this.normalizer = normalizer;
      this.preTokenizer = preTokenizer;
      this.ignoresMerges = ignoresMerges;
    }

    /** The shipped vocabulary, cut this way. */
    ObjectNode tokenizer() {
      ObjectNode tokenizer =
          (ObjectNode) ModelFolder.open(ExportedTokenizer.BASE).json("tokenizer.json");
      tokenizer.set("normalizer", parsed(normalizer));
      tokenizer.set("pre_tokenizer", parsed(preTokenizer));
      ((ObjectNode) tokenizer.get("model")).put("ignore_merges", ignoresMerges);
      return tokenizer;
    }

    /** What llama.cpp knows to cut alike: it composes nothing, and two patterns hold for ASCII. */
    Stream<String> texts() {
      Stream<String> texts = TrickyTexts.random(500).stream();
      return switch (this) {
        case QWEN_2 -> texts.map(text -> Normalizer.normalize(text, Normalizer.Form.NFC));
        case PHI_4_MINI, MISTRAL_NEMO -> texts.filter(ASCII.asMatchPredicate());
        default -> texts;
      };
    }
  }

  /** How a SentencePiece tokenizer.json marks spaces. */
  enum SentencePiece {
    LLAMA_2(PREPEND_AND_REPLACE, "null"),
    LLAMA_2_ANEW("null", metaspace("first")),
    MISTRAL("null", metaspace("always")),
    NO_PREFIX("null", metaspace("never"));

    private final String normalizer;
    private final String preTokenizer;

    SentencePiece(String normalizer, String preTokenizer) {
      this.normalizer = normalizer;
      this.preTokenizer = preTokenizer;
    }

    ObjectNode tokenizer() throws IOException {
      ObjectNode tokenizer = sentencePiece();
      tokenizer.set("normalizer", parsed(normalizer));
      tokenizer.set("pre_tokenizer", parsed(preTokenizer));
      return tokenizer;
    }

    /** llama.cpp does not know a space at the start alone, nor one that is there already. */
    Stream<String> texts() {
      Stream<String> texts = Stream.concat(TrickyTexts.random(500).stream(), controls());
      return switch (this) {
        case LLAMA_2_ANEW -> texts.map(text -> "<s>" + text);
        case MISTRAL -> texts.filter(text -> !SPACE_FIRST.matcher(text).find());
        default -> texts;
      };
    }

    private static Stream<String> controls() {
      return Stream.of("<s>price</s>", "<|end|>\n a<|user|> b", " <|end|> the", "\u2581 \u2581");
    }
  }

  @BeforeAll
  static void start() {
    llama = LlamaProcess.start();
  }

  @AfterAll
  static void stop() {
    llama.close();
  }

  @ParameterizedTest
  @EnumSource
  void byteLevelTokensAreThoseOfTokenizerJson(ByteLevel family) throws IOException {
    ExportedTokenizer exported =
        ExportedTokenizer.write(folder, family.tokenizer(), Map.of("eos_token", "<|im_end|>"));
    assertThat(exported.metadata("tiny").text("tokenizer.ggml.pre")).isEqualTo(family.pre);
    compare(exported, "tiny", family.texts().toList());
  }

  @ParameterizedTest
  @EnumSource
  void sentencePieceTokensAreThoseOfTokenizerJson(SentencePiece family) throws IOException {
    compare(
        ExportedTokenizer.write(folder, family.tokenizer(), Map.of("bos_token", "<s>")),
        "tiny",
        family.texts().toList());
  }

  @Test
  void controlTokensOfPhiThreeSwallowSpaceWhateverTheModelIsCalled() throws IOException {
    ObjectNode tokenizer = sentencePiece();
    for (JsonNode token : tokenizer.path("added_tokens")) {
      boolean keeps =
          List.of("<unk>", "<s>", "<|endoftext|>").contains(token.path("content").asString());
      ((ObjectNode) token).put("rstrip", !keeps);
    }
    ExportedTokenizer exported =
        ExportedTokenizer.write(folder, tokenizer, Map.of("bos_token", "<s>"));
    assertThat(exported.differences()).isEmpty();
    compare(
        exported,
        "joshi",
        Stream.concat(TrickyTexts.random(300).stream(), SentencePiece.controls()).toList());
  }

  @Test
  void aNameLikePhiThreesNeitherKeepsAModelFromLoadingNorSwallowsSpace() throws IOException {
    ExportedTokenizer exported =
        ExportedTokenizer.write(folder, ByteLevel.PHI_4.tokenizer(), Map.of());
    compare(exported, "my-phi3-joshi", List.of("<|im_end|>  the price", "a <|im_sep|> b"));
  }

  private static void compare(ExportedTokenizer exported, String name, List<String> texts)
      throws IOException {
    llama.load(exported.gguf(name), 64, 1);
    try (Tokenizer original = Tokenizer.open(exported.tokenizer());
        Tokenizer rebuilt = Tokenizer.open(exported.rebuilt(name))) {
      for (String text : texts) {
        int[] ids = ids(original, text);
        assertThat(llama.tokenize(text, true)).as("llama.cpp on <%s>", text).containsExactly(ids);
        assertThat(ids(rebuilt, text)).as("rebuilt on <%s>", text).containsExactly(ids);
      }
    }
  }

  private static int[] ids(Tokenizer tokenizer, String text) {
    return Arrays.stream(tokenizer.encode(text)).mapToInt(Math::toIntExact).toArray();
  }

  private static ObjectNode sentencePiece() throws IOException {
    return (ObjectNode)
        Json.mapper()
            .readTree(
                Files.readString(Path.of("src/test/resources/tokenizers/sentencepiece.json")));
  }

  private static String split(String pattern, String behavior, boolean invert) {
    return sequence(
        Json.line(
            Map.of(
                "type",
                "Split",
                "pattern",
                Map.of("Regex", pattern),
                "behavior",
                behavior,
                "invert",
                invert)),
        BYTES.formatted(false));
  }

  private static String sequence(String... steps) {
    return "{\"type\":\"Sequence\",\"pretokenizers\":[" + String.join(",", steps) + "]}";
  }

  private static String metaspace(String scheme) {
    return "{\"type\":\"Metaspace\",\"replacement\":\"\u2581\",\"prepend_scheme\":\"%s\",\"split\":false}"
        .formatted(scheme);
  }

  private static JsonNode parsed(String json) {
    return Json.mapper().readTree(json);
  }
}

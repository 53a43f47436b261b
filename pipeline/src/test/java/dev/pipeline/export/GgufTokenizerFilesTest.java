package dev.pipeline.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.chat.Tokenizer;
import dev.pipeline.chat.TrickyTexts;
import dev.pipeline.export.llama.LlamaProcess;
import dev.pipeline.io.Json;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import dev.pipeline.weights.TensorContent;
import dev.pipeline.weights.gguf.GgufFile;
import dev.pipeline.weights.gguf.GgufMetadata;
import dev.pipeline.weights.gguf.GgufTensorData;
import dev.pipeline.weights.gguf.GgufValue;
import dev.pipeline.weights.gguf.GgufWriter;
import dev.pipeline.weights.gguf.tokenizer.GgufTokenizerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tokenizer rebuilt from a GGUF must cut text as llama.cpp does from the same file. */
@Tag("recipe")
class GgufTokenizerFilesTest {
  private static final Path BASE = Path.of("../artifacts/base");
  private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");

  @TempDir static Path folder;
  private static GgufFile exported;

  @BeforeAll
  static void export() {
    Path gguf = folder.resolve("base.gguf");
    try (Torch torch = Torch.open("cpu", 1);
        GgufExport export = new GgufExport(torch, ModelFolder.open(BASE))) {
      export.write(gguf, Optional.empty(), "base");
    }
    exported = GgufFile.open(gguf);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dbrx", "llama-bpe", "gpt-2", "smollm", "qwen2"})
  void byteLevelTokensAreThoseOfLlamaCpp(String pre) throws IOException {
    List<String> texts =
        TrickyTexts.random(500).stream()
            // llama.cpp leaves out the composition that Qwen's own tokenizer begins with.
            .map(text -> Normalizer.normalize(text, Normalizer.Form.NFC))
            .toList();
    compare(withPre(pre), texts);
  }

  /** llama.cpp's own approximation of these patterns holds for ASCII only. */
  @ParameterizedTest
  @ValueSource(strings = {"gpt-4o", "tekken"})
  void asciiTokensOfNewerPatternsAreThoseOfLlamaCpp(String pre) throws IOException {
    compare(
        withPre(pre), TrickyTexts.random(1_000).stream().filter(ASCII.asMatchPredicate()).toList());
  }

  @Test
  void sentencePieceTokensAreThoseOfLlamaCpp() throws IOException {
    compare(sentencePiece("tiny"), TrickyTexts.random(500));
  }

  @Test
  void controlTokensOfPhiThreeSwallowTheSpaceAfterThem() throws IOException {
    compare(
        sentencePiece("Phi-3 mini"),
        List.of("<|end|>  the price", "<|end|>\n a", "<|end|>the", "a <|end|> b<|end|>"));
  }

  private static void compare(GgufMetadata metadata, List<String> texts) throws IOException {
    Path gguf = folder.resolve("tokens.gguf");
    GgufWriter.write(
        gguf,
        metadata,
        exported.tensors().values().stream()
            .map(
                tensor ->
                    new GgufTensorData(
                        tensor.name(),
                        tensor.type(),
                        tensor.shape(),
                        TensorContent.of(tensor.map())))
            .toList());
    Path rebuilt = folder.resolve("tokenizer.json");
    Files.writeString(
        rebuilt, Json.line(GgufTokenizerFiles.of(GgufFile.open(gguf).metadata()).tokenizer()));
    try (Tokenizer tokenizer = Tokenizer.open(rebuilt);
        LlamaProcess llama = LlamaProcess.start()) {
      llama.load(gguf, 128, 1);
      for (String text : texts) {
        int[] ours = Arrays.stream(tokenizer.encode(text)).mapToInt(Math::toIntExact).toArray();
        assertThat(ours).as("ids of <%s>", text).containsExactly(llama.tokenize(text, true));
      }
    }
  }

  private static GgufMetadata withPre(String pre) {
    return exported.metadata().with("tokenizer.ggml.pre", GgufValue.text(pre));
  }

  /** A vocabulary as SentencePiece would make: bytes, letters, then merges of falling score. */
  private static GgufMetadata sentencePiece(String name) {
    List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
    List<Integer> types = new ArrayList<>(List.of(2, 3, 3));
    for (int value = 0; value < 256; value++) {
      tokens.add("<0x%02X>".formatted(value));
      types.add(6);
    }
    List<String> pieces = new ArrayList<>();
    List<String> words =
        List.of("the", "price", "we", "Surcharge", "don't", "Great", "EUR", "12", "345", "we'll");
    for (String word : words) {
      for (int length = 2; length <= word.length() + 1; length++) {
        pieces.add(("\u2581" + word).substring(0, length));
        pieces.add(word.substring(Math.max(0, word.length() - length)));
      }
    }
    pieces.addAll(List.of("\u2581\u2581", "\u2581\u2581\u2581", "\u2581\u2581\u2581\u2581"));
    TreeSet<String> letters = new TreeSet<>(List.of("\u2581", "ö", "й", "日"));
    String.join("", words).codePoints().forEach(letter -> letters.add(Character.toString(letter)));
    pieces.addAll(letters);
    pieces.stream()
        .distinct()
        .filter(piece -> !piece.isEmpty())
        .forEach(
            piece -> {
              tokens.add(piece);
              types.add(1);
            });
    tokens.addAll(List.of("<|end|>", "<|endoftext|>"));
    types.addAll(List.of(3, 3));
    int vocabulary = exported.metadata().texts("tokenizer.ggml.tokens").size();
    List<Float> scores = new ArrayList<>(Collections.nCopies(259, 0f));
    for (int id = 259; id < vocabulary; id++) {
      scores.add(259f - id);
      if (id >= tokens.size()) {
        tokens.add("[PAD" + id + "]");
        types.add(5);
      }
    }
    return exported
        .metadata()
        .with("general.name", GgufValue.text(name))
        .with("tokenizer.ggml.model", GgufValue.text("llama"))
        .with("tokenizer.ggml.pre", GgufValue.text("default"))
        .with("tokenizer.ggml.tokens", GgufValue.texts(tokens))
        .with("tokenizer.ggml.token_type", GgufValue.int32s(types))
        .with("tokenizer.ggml.scores", GgufValue.float32s(scores))
        .with("tokenizer.ggml.bos_token_id", GgufValue.uint32(1))
        .with("tokenizer.ggml.eos_token_id", GgufValue.uint32(2))
        .with("tokenizer.ggml.unknown_token_id", GgufValue.uint32(0))
        .with("tokenizer.ggml.padding_token_id", GgufValue.uint32(2))
        .with("tokenizer.ggml.add_bos_token", GgufValue.truth(false));
  }
}

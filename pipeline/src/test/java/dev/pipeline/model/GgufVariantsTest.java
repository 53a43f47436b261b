package dev.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.export.GgufExport;
import dev.pipeline.io.Json;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.Float16;
import dev.pipeline.weights.ModelFolder;
import dev.pipeline.weights.ollama.OllamaStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** A tiny model of every architecture goes to GGUF and comes back with its shape and weights. */
@Tag("recipe")
class GgufVariantsTest {
  private static final Path VARIANTS = Path.of("src/test/resources/architectures");

  private static Torch torch;
  @TempDir Path folder;

  @BeforeAll
  static void open() {
    torch = Torch.open("cpu", 1);
  }

  @AfterAll
  static void close() {
    torch.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama",
        "llama_biases",
        "llama_linear",
        "llama_llama3",
        "llama_llama3_v5",
        "llama_tied",
        "phi",
        "phi_v5",
        "phi3_longrope_long",
        "phi3_longrope_short",
        "phi3_longrope_window",
        "phi3_window",
        "phi4",
        "phi4_mini",
        "phi4_mini_v5",
        "qwen2",
        "qwen3"
      })
  void comesBackWithItsShapeAndWeights(String variant) throws IOException {
    ModelFolder original = withTokenizer(variant);
    ModelFolder back = throughGguf(original);

    assertThat(shape(back)).isEqualTo(shape(original));
    assertSameWeights(original, back);
  }

  /** GGUF has no word for these windows, so the context ends where they would begin to hide. */
  @ParameterizedTest
  @ValueSource(strings = {"mistral_full", "mistral_window", "qwen2_window"})
  void comesBackWithItsWeightsAndWithoutItsWindow(String variant) throws IOException {
    ModelFolder original = withTokenizer(variant);
    ModelFolder back = throughGguf(original);

    assertThat(shape(back).window()).isEqualTo(SlidingWindow.NONE);
    assertThat(shape(back).rope()).isEqualTo(shape(original).rope());
    assertSameWeights(original, back);
  }

  private ModelFolder throughGguf(ModelFolder original) {
    Path gguf = folder.resolve("model-export.gguf");
    try (GgufExport export = new GgufExport(torch, original)) {
      export.write(gguf, Optional.empty(), "tiny");
    }
    return ModelFolder.open(
        BaseModels.folder(gguf, new OllamaStore(folder), folder.resolve("cache")));
  }

  private static void assertSameWeights(ModelFolder original, ModelFolder back) {
    try (Decoder expected = DecoderLoader.load(torch, original, 16);
        Decoder actual = DecoderLoader.load(torch, back, 16)) {
      assertThat(actual.weights().keySet()).containsExactlyElementsOf(expected.weights().keySet());
      actual
          .weights()
          .forEach(
              (name, tensor) -> {
                float[] weights = Objects.requireNonNull(expected.weights().get(name)).toFloats();
                for (int i = 0; tensor.shape().length > 1 && i < weights.length; i++) {
                  weights[i] = Float16.toFloat(Float16.of(weights[i]));
                }
                assertThat(tensor.toFloats()).as(name).isEqualTo(weights);
              });
    }
  }

  private static DecoderShape shape(ModelFolder model) {
    return Architectures.of(model.config(), "test").shape(model.config(), "test");
  }

  /** The variant beside a tokenizer of 48 letters, without which nothing is exported. */
  private ModelFolder withTokenizer(String variant) throws IOException {
    for (String file : List.of("config.json", "model.safetensors")) {
      Files.copy(VARIANTS.resolve(variant).resolve(file), folder.resolve(file));
    }
    ObjectNode tokenizer =
        (ObjectNode) Json.mapper().readTree(Path.of("../artifacts/base/tokenizer.json"));
    Map<String, Integer> letters = new LinkedHashMap<>();
    IntStream.range(0, 48).forEach(id -> letters.put(Character.toString('0' + id), id));
    tokenizer.putArray("added_tokens");
    Map<String, Object> model =
        Map.of("type", "BPE", "unk_token", "0", "vocab", letters, "merges", List.of());
    tokenizer.set("model", Json.mapper().valueToTree(model));
    Files.writeString(folder.resolve("tokenizer.json"), Json.pretty(tokenizer));
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        "{\"bos_token\": \"0\", \"eos_token\": \"1\", \"chat_template\": \"{{ 1 }}\"}");
    return ModelFolder.open(folder);
  }
}

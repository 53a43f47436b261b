package dev.pipeline.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pipeline.export.llama.LlamaProcess;
import dev.pipeline.export.llama.ShippedLibrary;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.model.Architectures;
import dev.pipeline.model.DecoderShape;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import dev.pipeline.weights.safetensors.SafetensorsFile;
import dev.pipeline.weights.safetensors.TensorEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tiny models whose logits transformers computed, exported and computed by llama.cpp: it finds
 * every weight, turns q and k as we do, and reads the same positions.
 */
@Tag("recipe")
class ArchitectureGgufTest {
  private static final Path VARIANTS = Path.of("src/test/resources/architectures");
  private static final int CONTEXT = 64;

  /** llama.cpp rounds activations to 16 bits; a wrong layout moves logits by whole units. */
  private static final float TOLERANCE = 0.03f;

  private static Torch torch;
  private static LlamaProcess llama;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    torch = Torch.open("cpu", 1);
    llama = LlamaProcess.start();
  }

  @AfterAll
  static void stop() {
    llama.close();
    torch.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama",
        "llama_tied",
        "llama_linear",
        "llama_llama3",
        "llama_llama3_v5",
        "llama_biases",
        "mistral_full",
        "mistral_window",
        "phi3_window",
        "phi3_longrope_short",
        "phi3_longrope_long",
        "phi3_longrope_window",
        "phi4",
        "phi4_mini",
        "phi4_mini_v5",
        "qwen2",
        "qwen2_window",
        "phi",
        "phi_v5"
      })
  void llamaCppComputesTheSame(String variant) throws IOException {
    ModelFolder model = withTokenizer(variant);
    GgufExport.preflight(model);
    Path gguf = folder.resolve("model.gguf");
    try (GgufExport export = new GgufExport(torch, model)) {
      export.write(gguf, Optional.empty(), "tiny");
    }
    int tokens = Math.min(20, shape(model).servedPositions());
    SafetensorsFile golden =
        SafetensorsFile.open(VARIANTS.resolve(variant + "/logits.safetensors"));
    int vocabulary = llama.load(gguf, CONTEXT, 1).vocabulary();
    float[] expected = floats(golden, "full_logits", (tokens - 1) * vocabulary, vocabulary);
    assertThat(llama.logits(ids(golden, tokens))).containsExactly(expected, within(TOLERANCE));
  }

  @Test
  void whatTheShippedLlamaCppDoesNotKnowIsRefusedBeforeTraining() throws IOException {
    ModelFolder model = withTokenizer("qwen3");
    assertThatThrownBy(() -> LlamaBuild.SHIPPED.preflight(model))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("older than qwen3");
    new LlamaBuild(Optional.of(ShippedLibrary.file())).preflight(model);
  }

  @Test
  void positionsThatLlamaCppHasNoTablesForAreRefused() throws IOException {
    ModelFolder model = withTokenizer("llama_longrope");
    assertThatThrownBy(() -> GgufExport.preflight(model))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("LONGROPE");
  }

  private static DecoderShape shape(ModelFolder model) {
    return Architectures.of(model.config(), "config.json").shape(model.config(), "config.json");
  }

  private static int[] ids(SafetensorsFile golden, int count) {
    long[] ids = new long[count];
    golden.tensor("full_ids").map().asLongBuffer().get(ids);
    return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
  }

  private static float[] floats(SafetensorsFile golden, String name, int first, int count) {
    TensorEntry entry = golden.tensor(name);
    float[] values = new float[count];
    entry.map().asFloatBuffer().position(first).get(values);
    return values;
  }

  /** The variant beside a tokenizer of single bytes, without which llama.cpp loads nothing. */
  private ModelFolder withTokenizer(String variant) throws IOException {
    for (String file : List.of("config.json", "model.safetensors")) {
      Files.copy(VARIANTS.resolve(variant).resolve(file), folder.resolve(file));
    }
    ObjectNode tokenizer =
        (ObjectNode) ModelFolder.open(Path.of("../artifacts/base")).json("tokenizer.json");
    Map<String, Integer> letters = new LinkedHashMap<>();
    for (int id = 0; id < 48; id++) {
      letters.put(Character.toString('0' + id), id);
    }
    tokenizer.putArray("added_tokens");
    tokenizer.putPOJO(
        "model", Map.of("type", "BPE", "unk_token", "0", "vocab", letters, "merges", List.of()));
    Files.writeString(folder.resolve("tokenizer.json"), Json.pretty(tokenizer));
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        "{\"bos_token\": \"0\", \"eos_token\": \"1\", \"chat_template\": \"{{ 1 }}\"}");
    return ModelFolder.open(folder);
  }
}

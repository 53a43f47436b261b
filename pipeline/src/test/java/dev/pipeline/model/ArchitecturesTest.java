package dev.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ArchitecturesTest {
  private static final String ORIGIN = "base/config.json";
  private static final String KEY_VALUE_HEADS = ", \"num_key_value_heads\": 2";

  /** Sizes and parameter counts as published with the models. */
  @ParameterizedTest
  @CsvSource({
    "Llama,   4096, 32, 32, 32, 128, 11008,  32000, false, 6738415616",
    "Llama,   2048, 22, 32,  4,  64,  5632,  32000, false, 1100048384",
    "Llama,   4096, 32, 32,  8, 128, 14336, 128256, false, 8030261248",
    "Llama,   2048, 16, 32,  8,  64,  8192, 128256, true,  1235814400",
    "Llama,    576, 30,  9,  3,  64,  1536,  49152, true,   134515008",
    "Mistral, 4096, 32, 32,  8, 128, 14336,  32000, false, 7241732096",
    "Phi3,    3072, 32, 32, 32,  96,  8192,  32064, false, 3821079552",
    "Phi3,    3072, 32, 24,  8, 128,  8192, 200064, true,  3836021760",
    "Phi3,    5120, 40, 40, 10, 128, 17920, 100352, false, 14659507200",
    "Qwen2,    896, 24, 14,  2,  64,  4864, 151936, true,   494032768",
    "Qwen2,   3584, 28, 28,  4, 128, 18944, 152064, false, 7615616512",
    "Qwen3,   1024, 28, 16,  8, 128,  3072, 151936, true,   596049920",
    "Phi,     2560, 32, 32, 32,  80, 10240,  51200, false, 2779683840"
  })
  void parametersAreThoseOfTheRealModels(
      String family,
      int hidden,
      int layers,
      int heads,
      int keyValueHeads,
      int headSize,
      int feedForward,
      int vocabulary,
      boolean tied,
      long parameters) {
    JsonNode config =
        config(
            """
            {"architectures": ["%sForCausalLM"], "hidden_size": %d, "num_hidden_layers": %d,
             "num_attention_heads": %d, "num_key_value_heads": %d, "head_dim": %d,
             "intermediate_size": %d, "vocab_size": %d, "max_position_embeddings": 2048,
             "tie_word_embeddings": %b}
            """
                .formatted(
                    family,
                    hidden,
                    layers,
                    heads,
                    keyValueHeads,
                    headSize,
                    feedForward,
                    vocabulary,
                    tied));
    Architecture architecture = Architectures.of(config, ORIGIN);
    DecoderShape shape = architecture.shape(config, ORIGIN);
    long counted =
        architecture.weights(shape, shape.layers()).stream()
            .mapToLong(weight -> Arrays.stream(weight.shape()).reduce(1, Math::multiplyExact))
            .sum();
    assertThat(counted).isEqualTo(parameters);
  }

  @Test
  void anUnknownArchitectureIsRefusedWithTheListOfThoseThatAreKnown() {
    JsonNode config = config("{\"architectures\": [\"MambaForCausalLM\"]}");
    assertThatThrownBy(() -> Architectures.of(config, ORIGIN))
        .hasMessageContaining("base/config.json: architecture MambaForCausalLM is not supported")
        .isInstanceOfSatisfying(
            Failure.class,
            failure ->
                assertThat(failure.fix())
                    .contains(
                        "LlamaForCausalLM",
                        "MistralForCausalLM",
                        "Phi3ForCausalLM",
                        "Qwen2ForCausalLM",
                        "Qwen3ForCausalLM",
                        "PhiForCausalLM"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Llama | 'rope_scaling': {'type': 'dynamic', 'factor': 2}"
            + " | rope_scaling: rope_type dynamic is not supported",
        "Qwen2 | 'rope_parameters': {'rope_type': 'yarn', 'factor': 4.0}"
            + " | rope_parameters: rope_type yarn is not supported",
        "Llama | 'rope_scaling': {'rope_type': 'linear'}"
            + " | rope_scaling: factor must be a positive number",
        "Llama | 'rope_scaling': 'linear' | rope_scaling must be an object or null, not \"linear\"",
        "Llama | 'rope_scaling': [2] | rope_scaling must be an object or null, not [2]",
        "Llama | 'rope_scaling': {'factor': 2} | rope_scaling: rope_type is missing beside factor",
        "Llama | 'rope_scaling': {'rope_type': null, 'factor': 2} | rope_type is missing",
        "Llama | 'rms_norm_eps': -1 | rms_norm_eps must be a positive number, not -1.0",
        "Llama | 'rms_norm_eps': 1e999 | rms_norm_eps must be a number",
        "Phi | 'layer_norm_eps': 0 | layer_norm_eps must be a positive number, not 0.0",
        "Phi3 | 'num_hidden_layers': 16777216 | num_hidden_layers is 16777216, more than 4096",
        "Phi3 | 'rope_scaling': {'type': 'linear', 'factor': 2}"
            + " | rope_type LINEAR is not one of Phi-3's",
        "Phi3 | 'original_max_position_embeddings': 8, 'rope_scaling': {'type': 'longrope',"
            + " 'short_factor': [1, 1], 'long_factor': [1, 1, 1, 1]}"
            + " | rope_scaling: short_factor must hold 4 positive numbers",
        "Llama | 'partial_rotary_factor': 0.4 | partial_rotary_factor 0.4 of a head of 8",
        "Llama | 'hidden_act': 'gelu' | hidden_act is gelu, only silu is supported",
        "Phi | 'qk_layernorm': true | qk_layernorm is not supported",
        "Llama | 'num_key_value_heads': 3 | num_attention_heads 4 does not fit",
        "Qwen2 | 'layer_types': ['sliding_attention', 'full_attention'], 'use_sliding_window': true"
            + " | layer_types must be full_attention and then sliding_attention, 2 in all"
      })
  void whatCannotBeComputedFaithfullyIsRefusedByItsKey(String family, String keys, String reason) {
    JsonNode config = config(small(family, ", " + keys.replace('\'', '"')));
    Architecture architecture = Architectures.of(config, ORIGIN);
    assertThatThrownBy(() -> architecture.shape(config, ORIGIN))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("base/config.json")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'rope_scaling': null",
        "'rope_scaling': {}",
        "'rope_scaling': {'rope_type': 'default'}",
        "'rope_parameters': {'rope_theta': 10000.0}"
      })
  void positionsWithoutScalingNeedNoType(String keys) {
    DecoderShape plain = new Llama().shape(config(small("Llama", "")), ORIGIN);
    JsonNode config = config(small("Llama", ", " + keys.replace('\'', '"')));
    assertThat(new Llama().shape(config, ORIGIN)).isEqualTo(plain);
  }

  @ParameterizedTest
  @CsvSource({
    "Llama, q_proj k_proj v_proj o_proj gate_proj up_proj down_proj",
    "Mistral, q_proj k_proj v_proj o_proj gate_proj up_proj down_proj",
    "Phi3, qkv_proj o_proj gate_up_proj down_proj",
    "Qwen2, q_proj k_proj v_proj o_proj gate_proj up_proj down_proj",
    "Qwen3, q_proj k_proj v_proj o_proj gate_proj up_proj down_proj",
    "Phi, q_proj k_proj v_proj dense fc1 fc2"
  })
  void allLinearMeansEveryMatrixOfTheLayers(String family, String modules) {
    JsonNode config = config(small(family, ""));
    Architecture architecture = Architectures.of(config, ORIGIN);
    assertThat(architecture.projections(architecture.shape(config, ORIGIN)))
        .extracting(Projection::shortName)
        .isEqualTo(List.of(modules.split(" ")));
  }

  @Test
  void llama3StretchesLowFrequenciesAlone() {
    JsonNode config =
        config(
            small(
                "Llama",
                """
                , "rope_theta": 500000.0, "head_dim": 64, "rope_scaling": {"rope_type": "llama3",
                "factor": 32.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
                "original_max_position_embeddings": 8192}
                """));
    List<Float> divisors = new Llama().shape(config, ORIGIN).rope().divisors();
    assertThat(divisors).hasSize(32).isSorted().startsWith(1f, 1f).endsWith(32f, 32f);
    assertThat(divisors.stream().filter(divisor -> divisor > 1 && divisor < 32)).isNotEmpty();
  }

  @Test
  void rowsTurnForGgufAndBack() {
    float[] rows = {0, 1, 2, 3, 4, 5, 6, 7};
    float[] turned = RotaryRows.toGguf(rows, 8, 2);
    assertThat(turned).containsExactly(0, 2, 1, 3, 4, 6, 5, 7);
    assertThat(RotaryRows.toHuggingFace(turned, 8, 2)).containsExactly(rows);
    float[] matrix = {0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5};
    assertThat(RotaryRows.toGguf(matrix, 6, 1)).containsExactly(0, 0, 3, 3, 1, 1, 4, 4, 2, 2, 5, 5);
    assertThat(RotaryRows.toHuggingFace(RotaryRows.toGguf(matrix, 6, 1), 6, 1))
        .containsExactly(matrix);
  }

  private static String small(String family, String more) {
    return """
    {"architectures": ["%sForCausalLM"], "hidden_size": 32, "num_hidden_layers": 2,
     "num_attention_heads": 4, "intermediate_size": 40, "vocab_size": 48,
     "max_position_embeddings": 64%s%s}
    """
        .formatted(family, more.contains("num_key_value_heads") ? "" : KEY_VALUE_HEADS, more);
  }

  private static JsonNode config(String json) {
    return Json.mapper().readTree(json);
  }
}

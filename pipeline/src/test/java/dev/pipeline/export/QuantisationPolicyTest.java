package dev.pipeline.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.io.Failure;
import dev.pipeline.weights.gguf.GgmlType;
import dev.pipeline.weights.gguf.GgufFile;
import dev.pipeline.weights.gguf.GgufMetadata;
import dev.pipeline.weights.gguf.GgufValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QuantisationPolicyTest {
  static Stream<OracleCase> models() {
    return OracleCase.forTypes().stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void choosesTheTypesThatLlamaCppChooses(OracleCase model) {
    for (FileType fileType : FileType.values()) {
      if (fileType != FileType.F16) {
        assertThat(new TreeMap<>(QuantisationPolicy.types(model.asFile(), fileType, false)))
            .as(fileType.name())
            .isNotEmpty()
            .isEqualTo(byTensor(Golden.lines("types.tsv", model.name(), fileType)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void choosesOtherTypesWithImportancesWhereLlamaCppDoes(OracleCase model) {
    assertThat(new TreeMap<>(QuantisationPolicy.types(model.asFile(), FileType.Q4_0, true)))
        .isNotEmpty()
        .isEqualTo(byTensor(Golden.weightedLines("types.tsv", model.name(), FileType.Q4_0)));
    assertThat(QuantisationPolicy.types(model.asFile(), FileType.Q4_K_M, true))
        .isEqualTo(QuantisationPolicy.types(model.asFile(), FileType.Q4_K_M, false));
  }

  private static Map<String, GgmlType> byTensor(List<List<String>> rows) {
    Map<String, GgmlType> expected = new TreeMap<>();
    for (List<String> row : rows) {
      List<String> types = List.of(row.get(1).split(",", -1));
      for (int layer = 0; layer < types.size(); layer++) {
        expected.put(row.get(0).replace("*", "" + layer), GgmlType.valueOf(types.get(layer)));
      }
    }
    return expected;
  }

  @Test
  void refusesFamiliesWithoutARule() {
    for (GgufMetadata metadata :
        List.of(
            GgufMetadata.empty("x").with("general.architecture", GgufValue.text("mamba")),
            GgufMetadata.empty("x")
                .with("general.architecture", GgufValue.text("llama"))
                .with("llama.expert_count", GgufValue.uint32(8)))) {
      assertThatExceptionOfType(Failure.class)
          .isThrownBy(
              () ->
                  QuantisationPolicy.types(
                      new GgufFile(Path.of("x.gguf"), metadata, Map.of()), FileType.Q4_K_M, false))
          .withMessageContaining("x.gguf: no quantisation rule")
          .extracting(Failure::fix)
          .asString()
          .contains("llama-quantize");
    }
  }
}

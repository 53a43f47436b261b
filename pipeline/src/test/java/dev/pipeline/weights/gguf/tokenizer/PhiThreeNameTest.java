package dev.pipeline.weights.gguf.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhiThreeNameTest {
  @ParameterizedTest
  @CsvSource({
    "joshi, false, joshi",
    "joshi, true, joshi (Phi-3)",
    "Phi-3-mini, true, Phi-3-mini",
    "My-PHI3-x, true, My-PHI3-x",
    "My-PHI3-x, false, My-PHI 3-x",
    "phi-3.5 phi3, false, phi 3.5 phi 3",
    "phi-4, false, phi-4"
  })
  void saysWhetherSpaceIsSwallowed(String name, boolean swallows, String expected) {
    String chosen = PhiThreeName.of(name, swallows);
    assertThat(chosen).isEqualTo(expected);
    assertThat(PhiThreeName.swallowsSpace(chosen)).isEqualTo(swallows);
  }
}

package dev.pipeline.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.Failure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelfileTest {
  private static final OllamaTemplate TEMPLATE =
      new OllamaTemplate(
          "{{ if eq .Role \"user\" }}{{ .Content }}{{ end }}", List.of("<|end|>", "a\"b"));

  @Test
  void saysEverythingThatServingNeeds() {
    Modelfile modelfile =
        new Modelfile(
            "phi4-joshi",
            TEMPLATE,
            0.2,
            0.9,
            4096,
            Optional.of("Be brief."),
            Optional.of("MIT\nNo warranty."));

    assertThat(modelfile.text())
        .isEqualTo(
            """
            FROM ./phi4-joshi.gguf
            TEMPLATE \"""{{ if eq .Role "user" }}{{ .Content }}{{ end }}\"""
            PARAMETER stop "<|end|>"
            PARAMETER stop \"""a"b\"""
            PARAMETER temperature 0.2
            PARAMETER top_p 0.9
            PARAMETER num_ctx 4096
            SYSTEM "Be brief."
            LICENSE \"""MIT
            No warranty.\"""
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../phi4", "a/b", "", ".hidden", "two words"})
  void refusesNamesThatLeaveTheFolder(String name) {
    assertThatThrownBy(
            () -> new Modelfile(name, TEMPLATE, 0.2, 0.9, 4096, Optional.empty(), Optional.empty()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("not a plain name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"\"\"b", "zero\u200bwidth", "bell\u0007", "no\u00a0break"})
  void refusesWhatTheFormatWouldLose(String value) {
    assertThatThrownBy(() -> ModelfileQuote.quote(value))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("cannot carry");
  }

  @Test
  void textsAreLookedAtBeforeTraining() {
    Modelfile.requireCarried(TEMPLATE, "Be \"brief\".", Optional.of("MIT"));
    assertThatThrownBy(() -> Modelfile.requireCarried(TEMPLATE, "a\"\"\"b", Optional.empty()))
        .hasMessageContaining("three double quotes");
  }

  @Test
  void keepsLineBreaksTabsAndEveryScript() {
    assertThat(ModelfileQuote.quote("a\n\tб 漢 😀")).isEqualTo("\"\"\"a\n\tб 漢 😀\"\"\"");
  }
}

package dev.pipeline.release;

import static dev.pipeline.chat.ChatMessage.assistant;
import static dev.pipeline.chat.ChatMessage.system;
import static dev.pipeline.chat.ChatMessage.user;
import static dev.pipeline.release.ChatTemplates.CONTROL_TOKENS;
import static dev.pipeline.release.ChatTemplates.template;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.io.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaTemplateTest {
  private static final List<List<ChatMessage>> CONVERSATIONS =
      List.of(
          List.of(user("Can you hold 12 EUR per kg?")),
          List.of(system("Be brief."), user("Can you hold the price?")),
          List.of(
              system("Be brief.\n"), user(" a "), assistant("{{ .Content }}"), user("\"b\"\n\n")));

  @Test
  void phi4() {
    OllamaTemplate phi4 = OllamaTemplate.of(template(ChatTemplates.PHI4), CONTROL_TOKENS);

    assertThat(phi4.text())
        .isEqualTo(
            "{{ range $i, $message := .Messages }}"
                + "{{ if eq .Role \"system\" }}<|im_start|>system<|im_sep|>{{ .Content }}<|im_end|>"
                + "{{ else if eq .Role \"user\" }}<|im_start|>user<|im_sep|>{{ .Content }}<|im_end|>"
                + "{{ else if eq .Role \"assistant\" }}"
                + "<|im_start|>assistant<|im_sep|>{{ .Content }}<|im_end|>"
                + "{{ end }}{{ end }}<|im_start|>assistant<|im_sep|>");
    assertThat(phi4.stops()).containsExactly("<|im_end|>", "<|im_start|>", "<|im_sep|>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ChatTemplates.PHI4,
        ChatTemplates.PHI4_FIRST,
        ChatTemplates.CHATML_WITH_DEFAULT_SYSTEM,
        ChatTemplates.FOLDING
      })
  void rendersWhatTheTrainingTemplateRenders(String source) {
    String go = OllamaTemplate.of(template(source), CONTROL_TOKENS).text();

    for (List<ChatMessage> messages : CONVERSATIONS) {
      assertThat(new OllamaPrompt(go).render(messages))
          .isEqualTo(template(source).render(messages, true));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ChatTemplates.TRIMMING, ChatTemplates.FOLDING_LAST})
  void refusesWhatItCannotTranslate(String source) {
    assertThatThrownBy(() -> OllamaTemplate.of(template(source), CONTROL_TOKENS))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("cannot be translated for Ollama");
  }

  @Test
  void refusesAModelThatNeverLearnedToStop() {
    assertThatThrownBy(
            () -> OllamaTemplate.of(template(ChatTemplates.WITHOUT_TERMINATOR), CONTROL_TOKENS))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("never learned to stop");
  }
}

package dev.pipeline.release;

import static dev.pipeline.chat.ChatMessage.assistant;
import static dev.pipeline.chat.ChatMessage.system;
import static dev.pipeline.chat.ChatMessage.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.chat.ChatTemplate;
import dev.pipeline.chat.Terminator;
import dev.pipeline.config.BaseDescription;
import dev.pipeline.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file below {@code configs/models} describes a model that could be trained and served. */
class ShippedModelsTest {
  private static final Path MODELS = Path.of("../configs/models");
  private static final List<ChatMessage> TWO_TURNS =
      List.of(system("S"), user("A"), assistant("B"), user("C"));

  static Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(MODELS)) {
      return files
          .map(file -> file.getFileName().toString().replace(".yaml", ""))
          .sorted()
          .toList()
          .stream();
    }
  }

  @Test
  void theKnownModels() throws IOException {
    assertThat(names())
        .contains("phi-2", "phi-3-mini-4k", "phi-3-mini-128k", "phi-4", "phi-4-mini")
        .contains("mistral-7b-instruct", "llama-2-7b-chat", "codellama-7b-instruct")
        .contains("llama-3.1-8b-instruct", "qwen2.5", "qwen3", "smollm2");
  }

  @ParameterizedTest
  @MethodSource("names")
  void isWholeAndAgreesWithItself(String name) throws IOException {
    assertThat(Files.readAllLines(MODELS.resolve(name + ".yaml")).get(0))
        .isEqualTo("# MODEL_NAME=" + name + " scripts/pipeline validate");
    BaseDescription model = model(name);
    assertThat(model.source().orElseThrow()).matches("[\\w.-]+/[\\w.-]+");
    assertThat(model.contextLength().orElseThrow()).isPositive();
    assertThat(model.stopWords()).doesNotHaveDuplicates();
    ChatTemplate template = template(model);
    assertThat(Terminator.of(template).among(model.stopWords()))
        .as("the first stop word is what an answer is trained to end with")
        .contains(model.stopWords().get(0));
    assertThat(template.render(TWO_TURNS, false) + template.render(TWO_TURNS, true))
        .contains("S", "A", "B", "C")
        .doesNotContain("\n\n\n");
    List<ChatMessage> answered = List.of(user("A"), assistant("B"));
    assertThat(template.render(answered, false))
        .as("what precedes an answer is its generation prompt")
        .startsWith(template.render(answered.subList(0, 1), true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          phi-2 ~ S/Instruct: A/Output: B<e>Instruct: C/Output:
          phi-3-mini-4k ~ <|system|>/S<|end|>/<|user|>/A<|end|>/<|assistant|>/B<|end|>/<|user|>/C<|end|>/<|assistant|>/
          phi-4-mini ~ <|system|>S<|end|><|user|>A<|end|><|assistant|>B<|end|><|user|>C<|end|><|assistant|>
          phi-4 ~ <|im_start|>system<|im_sep|>S<|im_end|><|im_start|>user<|im_sep|>A<|im_end|><|im_start|>assistant<|im_sep|>B<|im_end|><|im_start|>user<|im_sep|>C<|im_end|><|im_start|>assistant<|im_sep|>
          mistral-7b-instruct ~ <b>[INST] S//A[\\INST] B<e>[INST] C[\\INST]
          llama-2-7b-chat ~ <b>[INST] <<SYS>>/S/<<\\SYS>>//A [\\INST] B <e><b>[INST] C [\\INST]
          llama-3.1-8b-instruct ~ <b><|start_header_id|>system<|end_header_id|>//S<|eot_id|><|start_header_id|>user<|end_header_id|>//A<|eot_id|><|start_header_id|>assistant<|end_header_id|>//B<|eot_id|><|start_header_id|>user<|end_header_id|>//C<|eot_id|><|start_header_id|>assistant<|end_header_id|>//
          qwen2.5 ~ <|im_start|>system/S<|im_end|>/<|im_start|>user/A<|im_end|>/<|im_start|>assistant/B<|im_end|>/<|im_start|>user/C<|im_end|>/<|im_start|>assistant/
          """)
  void rendersItsFamilysFormat(String name, String expected) {
    BaseDescription model = model(name);
    ChatTemplate template = new ChatTemplate(model.promptFormat().orElseThrow(), "<b>", "<e>");
    // A slash stands for a line break, a backslash for a slash.
    assertThat(template.render(TWO_TURNS, true))
        .isEqualTo(expected.replace("/", "\n").replace("\\", "/"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void ollamaCanServeIt(String name) {
    BaseDescription model = model(name);
    OllamaTemplate served =
        OllamaTemplate.of(template(model), model.stopWords()).stoppingAt(model.stopWords());
    for (List<ChatMessage> messages : List.of(TWO_TURNS, TWO_TURNS.subList(1, 4))) {
      assertThat(new OllamaPrompt(served.text()).render(messages))
          .isEqualTo(template(model).render(messages, true));
    }
    assertThat(served.stops()).isEqualTo(model.stopWords());
  }

  /** The end token of these families is their first stop word. */
  private static ChatTemplate template(BaseDescription model) {
    return new ChatTemplate(model.promptFormat().orElseThrow(), "<s>", model.stopWords().get(0));
  }

  private static BaseDescription model(String name) {
    return ConfigLoader.load(
            Path.of("../configs/demo"),
            List.of("model_registry=" + MODELS, "known_as=" + name),
            "sft")
        .model()
        .base();
  }
}

package dev.pipeline.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.chat.ChatTemplate;
import dev.pipeline.config.BaseDescription;
import dev.pipeline.evaluate.ServedTemplate;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Training, GGUF file and Modelfile render fifty conversations to the same bytes, or say where not.
 */
class TemplateEquivalenceTest {
  @TempDir Path folder;

  static Stream<String> names() throws IOException {
    return GoTemplateCases.models().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyKnownModelIsServedAsItWasTrained(String name) {
    BaseDescription model = GoTemplateCases.model(name);
    ChatTemplate trained = GoTemplateCases.trained(model);
    Modelfile modelfile = modelfile(GoTemplateCases.served(model), model);

    assertThat(new TemplateEquivalence(trained).require(inGguf(trained), modelfile)).isEqualTo(50);

    // What ollama create -f reads, by somebody else's reading of the format.
    List<ModelfileParser.Command> read = ModelfileParser.parse(modelfile.text());
    assertThat(ModelfileParser.values(read, "from")).containsExactly("./served.gguf");
    assertThat(ModelfileParser.values(read, "stop")).isEqualTo(model.stopWords());
    assertThat(ModelfileParser.values(read, "num_ctx"))
        .containsExactly(String.valueOf(model.contextLength().orElseThrow()));
    assertThat(ModelfileParser.values(read, "temperature")).containsExactly("0.2");
    assertThat(ModelfileParser.values(read, "top_p")).containsExactly("0.9");
    assertThat(ModelfileParser.values(read, "system"))
        .containsExactly("Say \"yes\" or \"no\".\nNothing else.");
    assertThat(ModelfileParser.values(read, "license"))
        .containsExactly(model.licence().orElseThrow());
    assertThat(ModelfileParser.values(read, "template"))
        .containsExactly(modelfile.template().text());
    OllamaPrompt prompt = new OllamaPrompt(ModelfileParser.values(read, "template").get(0));
    for (var conversation : ProofConversations.all()) {
      assertThat(prompt.render(conversation)).isEqualTo(trained.render(conversation, true));
    }
  }

  @Test
  void aWrongTemplateInTheModelfileIsNamed() {
    BaseDescription model = GoTemplateCases.model("phi-4");
    ChatTemplate trained = GoTemplateCases.trained(model);
    OllamaTemplate right = GoTemplateCases.served(model);
    // As a template of another family writes it: a line break behind the role.
    OllamaTemplate wrong =
        new OllamaTemplate(
            right
                .text()
                .replace(
                    "assistant<|im_sep|>{{ .Content }}", "assistant<|im_sep|>\n{{ .Content }}"),
            right.stops());
    assertThat(wrong.text()).isNotEqualTo(right.text());

    assertThatThrownBy(
            () ->
                new TemplateEquivalence(trained).require(inGguf(trained), modelfile(wrong, model)))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.REFUSED))
        .hasMessageContaining("the chat template in the Modelfile renders conversation 2")
        .hasMessageContaining("(system, user, assistant, user) otherwise than training: from byte ")
        .hasMessageContaining("it has \"\\n")
        .hasMessageContaining("training has \"");
  }

  @Test
  void aWrongTemplateInTheFileIsNamed() {
    BaseDescription model = GoTemplateCases.model("phi-4");
    ChatTemplate trained = GoTemplateCases.trained(model);
    ChatTemplate forgetful =
        new ChatTemplate(
            trained.source().replace("add_generation_prompt", "false"),
            trained.bosToken(),
            trained.eosToken());
    assertThatThrownBy(
            () ->
                new TemplateEquivalence(trained)
                    .require(inGguf(forgetful), modelfile(GoTemplateCases.served(model), model)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("the chat template in the GGUF file renders conversation 1 (user)")
        .hasMessageContaining("the file has its end, training has \"<|im_start|>assistant");
  }

  @Test
  void whatGoWouldNotRenderIsRefused() {
    BaseDescription model = GoTemplateCases.model("phi-4");
    ChatTemplate trained = GoTemplateCases.trained(model);
    for (String broken : List.of("{{ range .Messages }}", "{{ .Messages.Nope }}", "{{ nope }}")) {
      OllamaTemplate template = new OllamaTemplate(broken, List.of("x"));
      assertThatThrownBy(
              () ->
                  new TemplateEquivalence(trained)
                      .require(inGguf(trained), modelfile(template, model)))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("the chat template in the Modelfile does not render");
    }
  }

  private static Modelfile modelfile(OllamaTemplate template, BaseDescription model) {
    return new Modelfile(
        "served",
        template,
        0.2,
        0.9,
        model.contextLength().orElseThrow(),
        Optional.of("Say \"yes\" or \"no\".\nNothing else."),
        model.licence());
  }

  /** The template as a server reads it from the file. */
  private ChatTemplate inGguf(ChatTemplate template) {
    Path file = folder.resolve("served.gguf");
    TemplateFile.write(file, template.source());
    return ServedTemplate.read(file, template);
  }
}

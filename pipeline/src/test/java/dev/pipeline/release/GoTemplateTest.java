package dev.pipeline.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.chat.ChatTemplate;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import dev.pipeline.release.gotemplate.GoTemplate;
import dev.pipeline.release.gotemplate.GoTemplateException;
import dev.pipeline.release.gotemplate.Struct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Against what Go's own text/template made of the same; see scripts/peers/go_templates.sh. */
class GoTemplateTest {
  private static final JsonNode GO = read(Path.of("src/test/resources/golden/go_templates.json"));

  /** What Go renders and this does not know is refused, never rendered otherwise: cases by name. */
  private static final Set<String> UNKNOWN = Set.of("39", "66");

  @Test
  void theFixtureIsOfTheseCases() {
    assertThat(GO.path("cases").size()).isEqualTo(GoTemplateCases.templates().size());
    GoTemplateCases.templates()
        .forEach(
            (name, template) ->
                assertThat(found("cases", name).path("template").asString()).isEqualTo(template));
  }

  @TestFactory
  Stream<DynamicTest> rendersAndRefusesWhatGoDoes() {
    return StreamSupport.stream(GO.path("cases").spliterator(), false)
        .map(
            found ->
                DynamicTest.dynamicTest(
                    found.path("name").asString() + " " + found.path("template").asString(),
                    () -> compare(found)));
  }

  private static void compare(JsonNode found) {
    String template = found.path("template").asString();
    if (found.has("error") || UNKNOWN.contains(found.path("name").asString())) {
      assertThatThrownBy(() -> GoTemplate.parse(template).execute(data()))
          .isInstanceOf(GoTemplateException.class);
      return;
    }
    assertThat(GoTemplate.parse(template).execute(data()))
        .isEqualTo(found.path("output").asString(""));
  }

  @TestFactory
  Stream<DynamicTest> goRendersEveryKnownModelAsItsTrainingDoes() throws IOException {
    return GoTemplateCases.models().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> compare(name)));
  }

  private static void compare(String name) {
    JsonNode found = found("models", name);
    OllamaTemplate served = GoTemplateCases.served(GoTemplateCases.model(name));
    assertThat(found.path("template").asString())
        .as("run scripts/peers/go_templates.sh")
        .isEqualTo(served.text());
    ChatTemplate trained = GoTemplateCases.trained(GoTemplateCases.model(name));
    List<List<ChatMessage>> conversations = ProofConversations.all();
    assertThat(conversations).hasSize(50).doesNotHaveDuplicates();
    for (int i = 0; i < conversations.size(); i++) {
      String prompt = trained.render(conversations.get(i), true);
      assertThat(Hashes.sha256(prompt))
          .as("conversation %d by Go", i + 1)
          .isEqualTo(found.path("sha256").path(i).asString());
      assertThat(new OllamaPrompt(served.text()).render(conversations.get(i))).isEqualTo(prompt);
    }
  }

  @Test
  void aTemplateOfTurnsIsCarriedOutOnceATurnAndCutAtItsResponse() {
    OllamaPrompt phi =
        new OllamaPrompt(
            "{{ if .System }}<|system|>{{ .System }}<|end|>{{ end }}"
                + "{{ if .Prompt }}<|user|>{{ .Prompt }}<|end|>{{ end }}"
                + "<|assistant|>{{ .Response }}<|end|>");
    assertThat(phi.render(GoTemplateCases.MESSAGES.subList(0, 2)))
        .isEqualTo(
            "<|system|>Be \"brief\" & kind.<|end|><|user|>Can you hold <12> EUR?<|end|><|assistant|>");
    assertThat(phi.render(GoTemplateCases.MESSAGES))
        .isEqualTo(
            "<|system|>Be \"brief\" & kind.<|end|><|user|>Can you hold <12> EUR?<|end|>"
                + "<|assistant|>We\ncan.<|end|><|user|>漢字 ok<|end|><|assistant|>");
    assertThat(new OllamaPrompt("{{ .Prompt }}").render(GoTemplateCases.MESSAGES))
        .as("without a response, one is appended")
        .isEqualTo("Can you hold <12> EUR?We\ncan.漢字 ok");
  }

  @Test
  void neighboursOfOneRoleAreJoined() {
    assertThat(
            new OllamaPrompt("{{ range .Messages }}[{{ .Role }} {{ .Content }}]{{ end }}")
                .render(
                    List.of(
                        ChatMessage.user("a"), ChatMessage.user("b"), ChatMessage.assistant("c"))))
        .isEqualTo("[user a\n\nb][assistant c]");
  }

  private static Map<String, Object> data() {
    List<Struct> messages =
        GoTemplateCases.MESSAGES.stream()
            .map(
                message ->
                    new Struct(
                        "message",
                        Map.of(
                            "Role",
                            message.role(),
                            "Content",
                            message.content(),
                            "Images",
                            List.of())))
            .toList();
    return Map.ofEntries(
        Map.entry("System", GoTemplateCases.MESSAGES.get(0).content()),
        Map.entry("Messages", messages),
        Map.entry("Response", ""),
        Map.entry("Prompt", "the prompt"),
        Map.entry("T", true),
        Map.entry("N", 3L),
        Map.entry("Zero", 0L),
        Map.entry("Empty", ""),
        Map.entry("List", List.of("a", "b", "c")),
        Map.entry("None", List.of()),
        Map.entry("Map", Map.of("k", "v", "a", "b")));
  }

  private static JsonNode found(String kind, String name) {
    return StreamSupport.stream(GO.path(kind).spliterator(), false)
        .filter(found -> found.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("no " + name + ": run scripts/peers/go_templates.sh"));
  }

  private static JsonNode read(Path file) {
    try {
      return Json.mapper().readTree(Files.readString(file));
    } catch (IOException e) {
      throw new AssertionError("run scripts/peers/go_templates.sh", e);
    }
  }
}

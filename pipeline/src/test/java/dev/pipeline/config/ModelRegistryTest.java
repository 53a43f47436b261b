package dev.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRegistryTest {
  private static final String OWL =
      """
      source: birds/owl
      licence: MIT
      context_length: 2048
      stop_words: ["<|end|>", "User:"]
      prompt_format: |-
        {% for message in messages %}
        {{- message['content'] -}}
        {% endfor %}
      """;

  @TempDir Path folder;
  private Path models;

  @BeforeEach
  void describeTwoModels() throws IOException {
    models = Files.createDirectories(folder.resolve("models"));
    Files.createDirectories(folder.resolve("config"));
    Files.writeString(models.resolve("owl.yaml"), OWL);
    Files.writeString(models.resolve("wren.yaml"), OWL.replace("birds/owl", "birds/wren"));
    settings("model_name: tuned\n");
  }

  @Test
  void withoutANameTheFolderAloneDecides() {
    assertThat(model(Map.of()).base()).isEqualTo(BaseDescription.DEFAULTS);
    assertThat(model(Map.of("MODEL_NAME", " ")).base()).isEqualTo(BaseDescription.DEFAULTS);
  }

  @Test
  void aNameInTheFileBringsAllThatIsKnown() throws IOException {
    settings("known_as: owl\n");

    BaseDescription base = model(Map.of()).base();

    assertThat(base.source()).contains("birds/owl");
    assertThat(base.licence()).contains("MIT");
    assertThat(base.contextLength()).contains(2048);
    assertThat(base.stopWords()).containsExactly("<|end|>", "User:");
    assertThat(base.promptFormat().orElseThrow())
        .startsWith("{% for message")
        .endsWith("endfor %}");
  }

  @Test
  void aSettingWinsOverWhatIsKnown() throws IOException {
    settings("known_as: owl\nstop_words: ['###']\ncontext_length: 512\n");

    BaseDescription base = model(Map.of(), "licence=Apache-2.0").base();

    assertThat(base.stopWords()).containsExactly("###");
    assertThat(base.contextLength()).contains(512);
    assertThat(base.licence()).contains("Apache-2.0");
    assertThat(base.source()).contains("birds/owl");
  }

  @Test
  void theEnvironmentWinsOverTheFileAndTheCommandLineOverBoth() throws IOException {
    settings("known_as: owl\n");
    Map<String, String> wren = Map.of("MODEL_NAME", "wren");

    assertThat(model(wren).base().source()).contains("birds/wren");
    assertThat(model(wren, "known_as=owl").base().source()).contains("birds/owl");
  }

  @Test
  void anUnknownNameIsToldTheNearestAndAll() {
    Failure failure = refusal(Map.of("MODEL_NAME", "owel"));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(failure.reason())
        .isEqualTo("the environment's MODEL_NAME: no model \"owel\" in " + models);
    assertThat(failure.fix())
        .contains("did you mean \"owl\"?", "known are owl, wren", models.resolve("owel.yaml") + "");
    assertThat(refusal(Map.of("MODEL_NAME", "../config/model")).reason()).contains("no model");
  }

  @Test
  void aMistakeInAFileNamesItsLine() throws IOException {
    Files.writeString(models.resolve("owl.yaml"), OWL.replace("licence", "license"));
    Failure unknown = refusal(Map.of("MODEL_NAME", "owl"));
    assertThat(unknown.reason()).contains("owl.yaml:2: unknown key \"license\"");
    assertThat(unknown.fix()).isEqualTo("did you mean \"licence\"?");

    Files.writeString(models.resolve("owl.yaml"), OWL.replace("licence: MIT\n", ""));
    assertThat(refusal(Map.of("MODEL_NAME", "owl")).reason()).contains("licence is missing");

    Files.writeString(models.resolve("owl.yaml"), OWL.replace("2048", "long"));
    assertThat(refusal(Map.of("MODEL_NAME", "owl")).reason())
        .contains("owl.yaml:3: context_length wants a whole number");
  }

  private Failure refusal(Map<String, String> environment) {
    return catchThrowableOfType(Failure.class, () -> model(environment));
  }

  private ModelConfig model(Map<String, String> environment, String... overrides) {
    List<String> all = new ArrayList<>(List.of("model_registry=" + models));
    all.addAll(List.of(overrides));
    return ConfigLoader.load(folder.resolve("config"), all, "sft", environment).model();
  }

  private void settings(String text) throws IOException {
    Files.writeString(folder.resolve("config/model.yaml"), text);
  }
}

package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.chat.ChatModel;
import dev.pipeline.config.ConfigLoader;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Failure;
import dev.pipeline.release.Modelfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of a base model has its effect, each value its own. */
class KnownModelTest {
  private static final Path BASE = Path.of("../artifacts/base");

  @TempDir Path folder;

  @Test
  void theModelfileStopsAtItsWordsAndPassesItsLicenceOn() {
    Modelfile modelfile = ReleaseJob.modelfile(config("known_as=phi-4"));

    assertThat(modelfile.text())
        .contains("PARAMETER stop \"<|im_end|>\"\nPARAMETER stop \"<|endoftext|>\"\n")
        .contains("LICENSE \"MIT\"\n");
    assertThat(ReleaseJob.modelfile(config()).text())
        .doesNotContain("LICENSE", "PARAMETER stop \"<|endoftext|>\"");
  }

  @Test
  void theContextIsTheSmallerOfFolderAndDescription() {
    assertThat(ReleaseJob.modelfile(config("known_as=phi-4")).contextTokens()).isEqualTo(1024);
    assertThat(ReleaseJob.modelfile(config("context_length=640")).contextTokens()).isEqualTo(640);
  }

  @Test
  void sequencesAreBoundedByTheContext() {
    assertThat(reasons(config("context_length=640", "sft.sequence_len=640"))).isEmpty();
    assertThat(reasons(config("context_length=640", "sft.sequence_len=641")))
        .containsExactly("sequence_len 641 is beyond the context of the base model, 640");
  }

  @Test
  void stopWordsThatAreNeverTrainedAreRefused() {
    assertThat(reasons(config("stop_words=['<|im_end|>']"))).isEmpty();
    assertThat(reasons(config("stop_words=['<|end|>', 'User:']")))
        .containsExactly(
            "the chat template ends an answer with \"<|im_end|>\", which is none of stop_words"
                + " [<|end|>, User:]");
    assertThat(reasons(config("known_as=phi-3-mini-4k")))
        .singleElement()
        .asString()
        .contains("<|end|>");
  }

  @Test
  void aFolderWithoutATemplateTalksInThePromptFormat() throws IOException {
    String own = copyBase("\"chat_template\"", "\"template_lost\"");

    assertThatThrownBy(() -> BaseChat.open(config(own).model()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no chat_template");
    assertThat(prompt(config(own, "known_as=phi-4"))).isEqualTo(prompt(config()));
    assertThat(reasons(config(own, "known_as=phi-4"))).isEmpty();
  }

  @Test
  void theFoldersTemplateWinsOverThePromptFormatAndASettingOverBoth() {
    String format = "prompt_format=\"{{ messages[0]['content'] }}\"";
    assertThat(prompt(config(format))).isEqualTo(prompt(config()));
    assertThat(prompt(config(format.replace("prompt_format", "chat_template")))).isEqualTo("Hi");
  }

  @Test
  void sourceAndLicenceAreRecorded() {
    Map<String, String> origin = config("known_as=phi-4").model().base().origin();

    assertThat(PackageJob.manifest(Map.of("a.gguf", "12"), "a.gguf", origin))
        .containsEntry("base", Map.of("source", "microsoft/phi-4", "licence", "MIT"));
    assertThat(PackageJob.manifest(Map.of("a.gguf", "12"), "a.gguf", Map.of()))
        .containsOnlyKeys("files", "served");
  }

  @Test
  void aModelThatIsNotThereNamesTheCommandThatBringsIt() {
    assertThat(fixes(config("known_as=phi-4", "base_model=models/phi-4")))
        .anyMatch(fix -> fix.contains("(pipeline fetch microsoft/phi-4 --to models/phi-4)"));
    assertThat(fixes(config("known_as=phi-4", "base_model=microsoft/phi-4")))
        .anyMatch(fix -> fix.contains("(pipeline fetch microsoft/phi-4 brings it"));
    assertThat(fixes(config("base_model=owner/name")))
        .anyMatch(fix -> fix.contains("(pipeline fetch owner/name if that is its name on a hub"));
    assertThat(fixes(config("base_model=nowhere")))
        .anyMatch(fix -> fix.contains("(pipeline fetch OWNER/NAME --to nowhere), or correct"));
  }

  private static List<String> fixes(PipelineConfig config) {
    return Preflight.findings(config).stream().map(Examination::fix).toList();
  }

  private String copyBase(String text, String replacement) throws IOException {
    for (String name : List.of("config.json", "tokenizer.json", "model.safetensors")) {
      Files.copy(BASE.resolve(name), folder.resolve(name));
    }
    String name = "tokenizer_config.json";
    String config = Files.readString(BASE.resolve(name)).replace(text, replacement);
    Files.writeString(folder.resolve(name), config);
    return "base_model=" + folder;
  }

  private static String prompt(PipelineConfig config) {
    try (ChatModel chat = BaseChat.open(config.model())) {
      return chat.template().render(List.of(ChatMessage.user("Hi")), true);
    }
  }

  /** What {@code validate} has against it. */
  private static List<String> reasons(PipelineConfig config) {
    return Preflight.findings(config).stream()
        .filter(finding -> finding.state() == Examination.State.FAIL)
        .map(Examination::detail)
        .toList();
  }

  private static PipelineConfig config(String... overrides) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "base_model=" + BASE,
                "model_registry=../configs/models",
                "raw=../datasets/raw",
                "raw_preferences=../datasets/preferences-raw",
                "output_dir=target/known-model",
                "dataset_dir=target/known-model"));
    all.addAll(List.of(overrides));
    return ConfigLoader.load(Path.of("../configs/demo"), all, "sft");
  }
}

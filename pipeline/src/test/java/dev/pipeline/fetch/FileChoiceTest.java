package dev.pipeline.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.Failure;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileChoiceTest {
  private static final FileChoice USUAL = new FileChoice(List.of(), List.of());

  @Test
  void shardsTheirIndexAndTheTokenizerAreNeeded() {
    assertThat(
            chosen(
                USUAL,
                "model-00001-of-00002.safetensors",
                "model-00002-of-00002.safetensors",
                "model.safetensors.index.json",
                "consolidated.safetensors",
                "config.json",
                "generation_config.json",
                "tokenizer.model",
                "chat_template.jinja",
                "LICENSE.txt",
                "Notice.txt",
                "USE_POLICY.md",
                "README.md",
                "original/params.json",
                "original/model.safetensors",
                "pytorch_model-00001-of-00002.bin",
                "training_args.bin"))
        .containsExactly(
            "model-00001-of-00002.safetensors",
            "model-00002-of-00002.safetensors",
            "model.safetensors.index.json",
            "config.json",
            "generation_config.json",
            "tokenizer.model",
            "chat_template.jinja",
            "LICENSE.txt",
            "Notice.txt",
            "USE_POLICY.md");
  }

  @Test
  void weightsOfAnotherNameAreTakenWhereThereAreNoneOfTheUsualOne() {
    assertThat(chosen(USUAL, "adapter_model.safetensors", "config.json"))
        .containsExactly("adapter_model.safetensors", "config.json");
  }

  @Test
  void leavingOutAllIsNoChoice() {
    assertThatThrownBy(
            () ->
                chosen(new FileChoice(List.of(), List.of("*")), "model.safetensors", "config.json"))
        .hasMessageStartingWith("--exclude leaves none of the files");
  }

  @Test
  void picklesAndGgufAreForWhoAsks() {
    String[] files = {"config.json", "pytorch_model.bin"};
    assertThatThrownBy(() -> chosen(USUAL, files))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("only as pickles, which run code when they are loaded: pytorch_");
    assertThat(chosen(new FileChoice(List.of("*.bin"), List.of()), files))
        .containsExactly("pytorch_model.bin");

    assertThatThrownBy(() -> chosen(USUAL, "a-Q4.gguf", "a-Q8.gguf"))
        .isInstanceOfSatisfying(
            Failure.class,
            failure ->
                assertThat(failure.fix()).isEqualTo("take one of them: --include 'a-Q4.gguf'"));
    assertThatThrownBy(() -> chosen(USUAL, "README.md")).hasMessageContaining("has no weights");
  }

  @Test
  void exclusionWinsAndAGlobWithoutAFileIsASlip() {
    assertThat(
            chosen(
                new FileChoice(List.of("*.json"), List.of("tok*")),
                "config.json",
                "tokenizer.json"))
        .containsExactly("config.json");
    assertThat(
            chosen(
                new FileChoice(List.of(), List.of("*.safetensors")),
                "config.json",
                "model.safetensors"))
        .containsExactly("config.json");
    assertThatThrownBy(() -> chosen(new FileChoice(List.of("*.gguf"), List.of()), "config.json"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no file that matches --include *.gguf");
  }

  @ParameterizedTest
  @CsvSource({
    "*.json, config.json, true",
    "*.json, a/b/config.json, true",
    "CONFIG.*, config.json, true",
    "config.json, aconfig.json, false",
    "c?nfig.json, config.json, true",
    "c?nfig.json, cnfig.json, false",
    "*a*b*c, xaybzc, true",
    "*a*b*c, xaybz, false",
    "*, anything, true",
    "[a-z], [a-z], true"
  })
  void globsHaveStarsAndQuestionMarks(String glob, String path, boolean matches) {
    assertThat(FileChoice.matches(glob, path)).isEqualTo(matches);
  }

  @Test
  void aGlobOfManyStarsIsNoTrap() {
    assertThat(FileChoice.matches("*a".repeat(500) + "b", "a".repeat(1000))).isFalse();
  }

  private static List<String> chosen(FileChoice choice, String... paths) {
    Digest digest = new Digest(Digest.Kind.GIT, "0".repeat(40));
    Listing listing =
        new Listing(
            RepositoryId.parse("owner/model"),
            "main",
            FakeRepository.COMMIT,
            Stream.of(paths).map(path -> new HubFile(path, 1, digest)).toList());
    return choice.of(listing).stream().map(HubFile::path).toList();
  }
}

package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.evaluate.metric.Finding;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToxicityModelTest {
  private static final Path VARIANTS = Path.of("src/test/resources/classifiers");

  @TempDir Path folder;
  private Path bert;

  @BeforeEach
  void aClassifier() throws IOException {
    bert = Files.createDirectory(folder.resolve("bert"));
    for (String file : List.of("config.json", "tokenizer.json", "model.safetensors")) {
      Files.copy(VARIANTS.resolve("bert").resolve(file), bert.resolve(file));
    }
  }

  @Test
  void validateNamesTheLabelsThatCount() {
    assertThat(check()).isEqualTo(bert + " looks for toxic, severe_toxic besides the shipped list");
    assertThat(check("toxicity_labels=[insult, threat]")).contains("looks for insult, threat");
    assertThat(ToxicityModel.check(VARIANTS.resolve("roberta"), config().evaluate()))
        .contains("looks for toxic besides");
  }

  @Test
  void aFolderThatIsNoneIsFoundBeforeAnythingRuns() throws IOException {
    PipelineConfig config = config("toxicity_classifier=" + folder.resolve("missing"));
    Failure failure =
        catchThrowableOfType(Failure.class, () -> Preflight.require(config, List.of("evaluate")));
    assertThat(failure.reason()).contains("no such model folder", "missing");
    assertThat(failure.fix()).contains("evaluate.toxicity_classifier", "docs/toxicity.md");
  }

  @Test
  void whatIsWrongIsNamed() throws IOException {
    assertThat(refusal("toxicity_labels=[insults]").fix()).contains("insult");
    change("config.json", "\"gelu\"", "\"relu\"");
    assertThat(refusal().reason()).contains("config.json", "hidden_act is relu");
    change("config.json", "\"relu\"", "\"gelu\"");
    change("config.json", "BertForSequenceClassification", "ElectraForSequenceClassification");
    assertThat(refusal().reason()).contains("ElectraForSequenceClassification is not supported");
    change("config.json", "ElectraForSequenceClassification", "BertForSequenceClassification");
    change("config.json", "toxic", "LABEL");
    assertThat(refusal().fix()).contains("evaluate.toxicity_labels");
    assertThat(refusal().exitCode()).isEqualTo(ExitCode.USAGE);
    change("config.json", "\"intermediate_size\": 24", "\"intermediate_size\": 25");
    assertThat(refusal().reason()).contains("intermediate.dense.weight has shape [24, 16]");
  }

  @Test
  void picklesAndTorchScriptAreNoWeights() throws IOException {
    Files.move(bert.resolve("model.safetensors"), bert.resolve("model.pt"));
    assertThat(refusal().reason()).contains("model.pt holds pickle weights");
  }

  @Test
  @Tag("recipe")
  void anAnswerIsToxicByTheListOrByTheClassifier() {
    PipelineConfig suspicious = config("toxicity_threshold=0.01");
    try (ToxicityModel model = ToxicityModel.open(suspicious.evaluate(), suspicious.model())) {
      assertThat(model.inspector().inspect("You idiot."))
          .extracting(Finding::rule)
          .containsExactly("toxic", "toxic-classifier");
      assertThat(model.inspector().inspect("We can hold the price."))
          .singleElement()
          .satisfies(finding -> assertThat(finding.text()).matches("bert gives it 0\\.\\d\\d"));
    }
    PipelineConfig trusting = config("toxicity_threshold=1");
    try (ToxicityModel model = ToxicityModel.open(trusting.evaluate(), trusting.model())) {
      assertThat(model.inspector().inspect("We can hold the price.")).isEmpty();
    }
  }

  private void change(String file, String from, String to) throws IOException {
    Path changed = bert.resolve(file);
    String text = Files.readString(changed);
    assertThat(text).contains(from);
    Files.writeString(changed, text.replace(from, to));
  }

  private Failure refusal(String... overrides) {
    return catchThrowableOfType(Failure.class, () -> check(overrides));
  }

  private String check(String... overrides) {
    return ToxicityModel.check(bert, config(overrides).evaluate());
  }

  private PipelineConfig config(String... overrides) {
    Path file = folder.resolve("all.yaml");
    try {
      Files.writeString(
          file,
          """
          model:
            output_dir: %s
            device: cpu
            base_model: ../artifacts/base
          evaluate:
            toxicity_classifier: %s
          """
              .formatted(folder, bert));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ConfigLoader.load(file, List.of(overrides), "evaluate");
  }
}

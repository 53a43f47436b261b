package dev.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  @TempDir Path folder;

  @Test
  void defaultsAreThePlansOwn() throws IOException {
    write("model.yaml", "model_name: phi4-joshi\n");
    SftConfig sft = load().sft();
    assertThat(sft.lora())
        .isEqualTo(new LoraConfig(64, 16, 0.05, List.of("all-linear"), false, false, false));
    assertThat(sft.optimizer().learningRate()).isEqualTo(2e-4);
    assertThat(sft.schedule().lrScheduler()).isEqualTo(ScheduleConfig.LrScheduler.COSINE);
    assertThat(sft.schedule().warmup(1000)).isEqualTo(100);
    assertThat(sft.batch().effectiveBatchSize()).isEqualTo(128);
    assertThat(sft.batch().sequenceLen()).isEqualTo(4096);
    assertThat(load().curate().valSetSize()).isEqualTo(0.1);
  }

  @Test
  void readsEveryKindOfValue() throws IOException {
    write(
        "sft.yaml",
        """
        lora_target_modules: [qkv_proj, o_proj]
        learning_rate: 1e-4
        lr_scheduler: cosine
        warmup_ratio: 0.1
        excess_length_strategy: drop
        gradient_checkpointing: true
        """);
    write("release.yaml", "ollama_url: http://localhost:11434\nollama_timeout: 30s\n");
    PipelineConfig config = load();
    assertThat(config.sft().lora().loraTargetModules()).containsExactly("qkv_proj", "o_proj");
    assertThat(config.sft().optimizer().learningRate()).isEqualTo(1e-4);
    assertThat(config.sft().schedule().warmup(50)).isEqualTo(5);
    assertThat(config.sft().batch().excessLengthStrategy())
        .isEqualTo(BatchConfig.ExcessLengthStrategy.DROP);
    assertThat(config.sft().batch().gradientCheckpointing()).isTrue();
    assertThat(config.release().ollamaUrl()).contains(URI.create("http://localhost:11434"));
    assertThat(config.release().ollamaTimeout()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void oneFileMayHoldAllSections() throws IOException {
    Path file = write("all.yaml", "model:\n  seed: 5\nsft:\n  lora_r: 8\n");
    PipelineConfig config = ConfigLoader.load(file, List.of(), "sft");
    assertThat(config.model().seed()).isEqualTo(5);
    assertThat(config.sft().lora().loraR()).isEqualTo(8);
  }

  @Test
  void overridesWin() throws IOException {
    write("sft.yaml", "lora_r: 8\n");
    PipelineConfig config =
        load("lora_r=4", "sft.learning_rate=1e-5", "num_epochs=2", "lora_target_modules=[o_proj]");
    assertThat(config.sft().lora().loraR()).isEqualTo(4);
    assertThat(config.sft().optimizer().learningRate()).isEqualTo(1e-5);
    assertThat(config.sft().schedule().numEpochs()).isEqualTo(2);
    assertThat(config.pretrain().schedule().numEpochs()).isEqualTo(3);
    assertThat(config.sft().lora().loraTargetModules()).containsExactly("o_proj");
  }

  @Test
  void unknownKeyNamesFileLineAndNearestKey() throws IOException {
    write("sft.yaml", "# rank\nlora_r: 8\nlearning_rat: 1\n");
    assertRefused("sft.yaml:3: unknown key \"learning_rat\"", "did you mean \"learning_rate\"?");
  }

  @Test
  void aNameOfAnotherTrainerIsTranslated() throws IOException {
    write("sft.yaml", "cutoff_len: 512\n");
    assertRefused("unknown key \"cutoff_len\"", "it is called \"sequence_len\" here");
    write("sft.yaml", "quantization_bit: 4\n");
    assertRefused("unknown key \"quantization_bit\"", "it is called \"load_in_4bit\" here");
  }

  @Test
  void keyOfAnotherSectionIsSentThere() throws IOException {
    write("sft.yaml", "val_set_size: 0.2\n");
    assertRefused("sft.yaml:1: unknown key \"val_set_size\"", "move it to the section curate");
  }

  @Test
  void unknownFileIsRefused() throws IOException {
    write("stf.yaml", "lora_r: 8\n");
    assertRefused("stf.yaml: there is no section \"stf\"", "did you mean \"sft\"?");
  }

  @Test
  void whatIsNearNothingIsShownAllThereIs() throws IOException {
    write("plan.yaml", "frobnicate: 1\n");
    assertRefused(
        "plan.yaml:1: unknown key \"frobnicate\"",
        "use one of " + String.join(", ", RecordBinder.keys(PlanConfig.class)));
  }

  @Test
  void theFileOfOneJobIsSentToItsFolder() throws IOException {
    Path file = folder.resolve("sft.yaml");
    Files.writeString(file, "lora_r: 8\n");
    Failure failure =
        catchThrowableOfType(Failure.class, () -> ConfigLoader.load(file, List.of(), "sft"));
    assertThat(failure.fix()).startsWith("for one job's YAML name its folder");
  }

  @Test
  void aFlatFileOfAnotherTrainerIsKnown() throws IOException {
    Path file = folder.resolve("axolotl.yaml");
    Files.writeString(file, "adapter: qlora\nbase_model: artifacts/base\n");
    Failure failure =
        catchThrowableOfType(Failure.class, () -> ConfigLoader.load(file, List.of(), "sft"));
    assertThat(failure.reason()).contains("there is no section \"adapter\"");
    assertThat(failure.fix()).contains("a flat file, as Axolotl writes it, is to be divided");
  }

  @Test
  void whatAnotherTrainerCallsOtherwiseOrHasAloneIsToldHowItIsDoneHere() throws IOException {
    write("sft.yaml", "adapter: qlora\n");
    assertRefused("sft.yaml:1: unknown key \"adapter\"", "load_in_4bit: true");
    write("sft.yaml", "lr: 1e-4\n");
    assertRefused("sft.yaml:1: unknown key \"lr\"", "it is called learning_rate");
    write("sft.yaml", "saves_per_epoch: 2\n");
    assertRefused("sft.yaml:1: unknown key \"saves_per_epoch\"", "save_steps");
  }

  @Test
  void theNameOfATemplateIsNoTemplate() throws IOException {
    write("model.yaml", "chat_template: chatml\n");
    assertRefused("chat_template wants Jinja text; \"chatml\" is a name", "leave it out");
  }

  @Test
  void wrongTypeNamesExpectation() throws IOException {
    write("sft.yaml", "lora_r: 8\nnum_epochs: three\n");
    assertRefused("sft.yaml:2: num_epochs wants a whole number, found \"three\"", "num_epochs");
    write("sft.yaml", "lr_scheduler: step\n");
    assertRefused("lr_scheduler wants one of cosine, found \"step\"", "lr_scheduler");
    write("sft.yaml", "lora_r:\n");
    assertRefused("sft.yaml:1: lora_r wants a whole number, found nothing", "lora_r");
    write("sft.yaml", "lora_target_modules: all-linear\n");
    assertRefused("lora_target_modules wants a list", "lora_target_modules");
  }

  @Test
  void valueOutOfRangeNamesLineAndKey() throws IOException {
    write("sft.yaml", "lora_r: 8\n\nlora_dropout: 1.5\n");
    assertRefused("sft.yaml:3: lora_dropout must be at least 0.0 and below 1.0", "lora_dropout");
    write("sft.yaml", "warmup_steps: 3\nwarmup_ratio: 0.1\n");
    assertRefused("sft.yaml:2: warmup_ratio contradicts warmup_steps", "not both");
    write("sft.yaml", "sample_packing: true\ngroup_by_length: true\n");
    assertRefused("sft.yaml:2: group_by_length contradicts sample_packing", "not both");
    write("sft.yaml", "adam_epsilon: 1e-60\n");
    assertRefused("sft.yaml:1: adam_epsilon must be at least 1.17549", "adam_epsilon");
    write("sft.yaml", "gradient_accumulation_steps: 2147483647\n");
    assertRefused(
        "gradient_accumulation_steps times micro_batch_size must be at most 16777216",
        "gradient_accumulation_steps");
    write("sft.yaml", "sequence_len: 8000000\n");
    assertRefused("sequence_len times micro_batch_size must be at most 16777216", "sequence_len");
  }

  @Test
  void namesCannotLeaveTheirFolder() throws IOException {
    write("model.yaml", "model_name: ../../etc\n");
    assertRefused("model.yaml:1: model_name is no plain name", "lower-case");
  }

  @Test
  void secretsInAFileAreRefusedAndNotRepeated() throws IOException {
    write("database.yaml", "url: jdbc:postgresql://db/jobs?password=hunter2\n");
    Failure failure = refusal();
    assertThat(failure.reason()).contains("must not hold a user or a password");
    assertThat(failure.reason() + failure.fix()).doesNotContain("hunter2");
  }

  @Test
  void brokenYamlAndDoubleKeysNameTheLine() throws IOException {
    write("sft.yaml", "lora_r: 8\nlora_r: 9\n");
    assertThat(refusal().reason()).contains("sft.yaml:2").contains("lora_r");
    write("sft.yaml", "lora_r: [8\n");
    assertThat(refusal().reason()).contains("sft.yaml").contains("not valid YAML");
  }

  @Test
  void missingFolderIsAUsageError() {
    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> ConfigLoader.load(folder.resolve("nowhere"), List.of(), "sft"));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(failure.reason()).contains("nowhere");
  }

  @Test
  void equalSettingsHaveEqualCanonicalText() {
    assertThat(PipelineConfig.canonicalJson(MineConfig.DEFAULTS))
        .isEqualTo("{\"feedback_rows\":null,\"raw\":\"datasets/raw\"}");
  }

  private void assertRefused(String reason, String fix) {
    Failure failure = refusal();
    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(failure.reason()).contains(reason);
    assertThat(failure.fix()).contains(fix);
  }

  private Failure refusal() {
    return catchThrowableOfType(Failure.class, this::load);
  }

  private PipelineConfig load(String... overrides) {
    return ConfigLoader.load(folder, List.of(overrides), "sft");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}

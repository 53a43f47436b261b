package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.export.llama.ShippedLibrary;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.weights.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A base model that is newer than the llama.cpp that ships. */
@Tag("recipe")
class PreflightTest {
  private static final Path NEWER = Path.of("src/test/resources/architectures/qwen3");
  private static final Path SHIPPED = Path.of("../artifacts/base");

  @TempDir Path folder;
  private Path base;

  @BeforeEach
  void aModelWithATokenizer() throws IOException {
    base = Files.createDirectory(folder.resolve("base"));
    for (String file : List.of("config.json", "model.safetensors")) {
      Files.copy(NEWER.resolve(file), base.resolve(file));
    }
    Files.copy(SHIPPED.resolve("tokenizer_config.json"), base.resolve("tokenizer_config.json"));
    ObjectNode tokenizer = (ObjectNode) ModelFolder.open(SHIPPED).json("tokenizer.json");
    Map<String, Integer> letters = new LinkedHashMap<>();
    for (int id = 0; id < 48; id++) {
      letters.put(Character.toString('0' + id), id);
    }
    tokenizer.putArray("added_tokens");
    tokenizer.putPOJO(
        "model", Map.of("type", "BPE", "unk_token", "0", "vocab", letters, "merges", List.of()));
    Files.writeString(base.resolve("tokenizer.json"), Json.line(tokenizer));
  }

  @Test
  void isTrainedButNotPackaged() throws IOException {
    Preflight.require(config(""), List.of("sft"));
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> Preflight.require(config(""), List.of("sft", "package")))
        .withMessageContaining("the llama.cpp that ships is older than qwen3")
        .satisfies(failure -> assertThat(failure.fix()).contains("llama_library", "--only"));
  }

  @Test
  void isPackagedWithANewerOne() throws IOException {
    String own = "package:\n  llama_library: " + ShippedLibrary.file() + "\n";
    Preflight.require(config(own), List.of("sft", "package"));
    assertThat(Preflight.findings(config(own)))
        .anySatisfy(
            finding -> {
              assertThat(finding.place()).isEqualTo("export");
              assertThat(finding.state()).isEqualTo(Examination.State.PASS);
            });
  }

  @Test
  @DisabledIf("hasGpu")
  void aGpuThatThisMachineLacksIsAWarningWithAFix() throws IOException {
    PipelineConfig config = ConfigLoader.load(write(""), List.of("device=cuda"), "sft");
    assertThat(Preflight.findings(config))
        .filteredOn(finding -> finding.place().equals("device"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.state()).isEqualTo(Examination.State.WARN);
              assertThat(finding.fix()).contains("docs/gpu.md");
            });
  }

  static boolean hasGpu() {
    return Files.exists(Path.of("/proc/driver/nvidia/version"));
  }

  @Test
  void controlDataAreNamedBeforeTheyAreMade() throws IOException {
    String raw = "mine:\n  raw: ../datasets/canaries/raw\n";
    assertThat(data(raw)).doesNotContain("CONTROL");
    assertThat(data(raw + "curate:\n  redact: false\n"))
        .contains("CONTROL DATA, NOT REDACTED: do not share");
  }

  @Test
  void memoryIsThatOfEveryTrainingAhead() throws IOException {
    String pairs = "dpo:\n  micro_batch_size: 1\n";
    assertThat(detail("memory", "")).startsWith("sft takes about ").doesNotContain("dpo");
    assertThat(detail("memory", pairs)).contains("sft takes about ", ", dpo takes about ");
    PipelineConfig config =
        ConfigLoader.load(
            write(pairs + "  sequence_len: 100000\n"), List.of("memory_limit=900 MB"), "dpo");
    Preflight.require(config, List.of("sft"));
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> Preflight.require(config, List.of("sft", "dpo")))
        .withMessageStartingWith("dpo takes about ")
        .satisfies(failure -> assertThat(failure.fix()).contains("dpo.sequence_len: "));
  }

  private String data(String settings) throws IOException {
    return detail("data", settings);
  }

  private String detail(String check, String settings) throws IOException {
    return Preflight.findings(config(settings)).stream()
        .filter(finding -> finding.place().equals(check))
        .map(Examination::detail)
        .collect(Collectors.joining());
  }

  private PipelineConfig config(String more) throws IOException {
    return ConfigLoader.load(write(more), List.of(), "sft");
  }

  private Path write(String more) throws IOException {
    Path file = folder.resolve("all.yaml");
    Files.writeString(
        file,
        "model:\n  base_model: %s\n  output_dir: %s\n  dataset_dir: %s\nsft:\n  sequence_len: 32\n%s"
            .formatted(base, folder, folder, more));
    return file;
  }
}

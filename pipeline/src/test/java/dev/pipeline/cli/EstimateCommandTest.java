package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class EstimateCommandTest {
  private static final String ROW =
      """
      {"id":"%d","family":"f","instruction":"Our price stays.","context":"Round: 2",\
      "ideal_answer":"Thank you.","source":{"file":"a.jsonl","line":1,"conversation":"c","turn":1},\
      "approval":{"state":"approved"}}
      """;

  @TempDir Path folder;

  @BeforeEach
  void describeADevice() throws IOException {
    Files.writeString(
        folder.resolve("card.yaml"),
        "peak_tflops: 2\nmemory_gb: 1\nutilisation: 0.5\nbasis: a guess\nsource: a sheet\n");
  }

  @Test
  void timeIsWorkByTheSpeedThatIsAssumed() {
    JsonNode found = json("--rows", "100", "--mean-tokens", "200", "num_epochs=3");

    double flops = found.path("training").path("flopsPerToken").asDouble();
    assertThat(found.path("tokens_per_second").asDouble()).isCloseTo(1e12 / flops, within(1.0));
    JsonNode run = found.path("run");
    assertThat(run.path("steps").asInt()).isEqualTo(3 * 100 / 4);
    assertThat(run.path("tokens").asLong()).isEqualTo(3 * 100 * 200);
    assertThat(run.path("seconds").asDouble()).isCloseTo(60_000 * flops / 1e12, within(1e-6));
    assertThat(found.path("seconds_per_step").asDouble())
        .isCloseTo(800 * flops / 1e12, within(1e-9));
  }

  @Test
  void aModelCanBeSizedBeforeItIsFetched() throws IOException {
    Path config = Path.of("../artifacts/base/config.json");
    Files.copy(config, folder.resolve("config.json"));
    String base = "base_model=" + folder;
    assertThat(json(base).path("training")).isEqualTo(json().path("training"));
    assertThat(estimate("--device", "card", base).out()).contains("rows: unknown");
  }

  @Test
  void saysWhetherTheConfiguredLimitIsEnough() {
    assertThat(estimate("memory_limit=100 GB").out()).containsPattern("enough +yes +yes\\n");
    assertThat(estimate("memory_limit=100 MB").out()).containsPattern("enough +NO +NO\\n");
  }

  @Test
  void aGpuComputesInSixteenBits() {
    JsonNode bytes = json("bf16=auto").path("training").path("bytes");
    assertThat(bytes.path("base weights").asLong()).isEqualTo(2 * 5_507_840);
  }

  @Test
  void saysWhatItAssumesAndWhetherMemoryIsEnough() {
    assertThat(estimate("--device", "card", "dpo.micro_batch_size=2").out())
        .containsPattern("enough +yes +yes\\n")
        .contains("50 % of 2.0 TFLOP/s; a guess; a base of width 256 reaches far less\n")
        .contains("rows: unknown");
    assertThat(estimate("--device", "card", "micro_batch_size=64").out())
        .containsPattern("enough +NO +NO\\n");
    assertThat(estimate("--device", "card").out()).containsPattern("enough +yes +NO\\n");
    assertThat(json().path("dpo_fits").asBoolean(true)).isFalse();
  }

  @Test
  void preferenceOptimisationHasItsOwnSettings() {
    Typed typed = estimate("dpo.gradient_checkpointing=true", "device=cpu");
    assertThat(typed.out())
        .containsPattern("activations +0\\.\\d+ GB +-\\n")
        .containsPattern("layer inputs +- +0\\.\\d+ GB\\n")
        .containsPattern("memory in all +0\\.\\d+ GB +0\\.\\d+ GB\\n");
    JsonNode found = Json.parse(estimate("--json").out(), JsonNode.class, "estimate");
    assertThat(found.path("dpo").path("bytes").path("activations").asLong())
        .isGreaterThan(found.path("bytes").path("activations").asLong());
  }

  @Test
  void rowsOfTheNewestDatasetAreCounted() throws IOException {
    Path dataset = Files.createDirectories(folder.resolve("curated/negotiation/v1"));
    StringBuilder rows = new StringBuilder();
    for (int row = 0; row < 250; row++) {
      rows.append(ROW.formatted(row));
    }
    Files.writeString(dataset.resolve("train.jsonl"), rows);
    Files.writeString(dataset.resolve("validation.jsonl"), ROW.formatted(0));
    Files.writeString(dataset.resolve("manifest.json"), "{}");
    Files.writeString(dataset.resolveSibling("latest"), "v1");

    JsonNode run = json().path("run");

    assertThat(run.path("rows").asString()).startsWith("250 rows of about ");
    assertThat(run.path("steps").asInt()).isEqualTo(4 * 63);
    assertThat(run.path("padding").asDouble()).isLessThan(0);
    assertThat(json("sft.max_rows=7").path("run").path("rows").asString()).startsWith("7 rows ");
  }

  @Test
  void rowsMustBeSome() {
    assertThat(estimate("--rows", "0").status()).isEqualTo(2);
    assertThat(estimate("--device", "cart").err()).contains("did you mean \"card\"?");
  }

  @Test
  void whereNoDeviceIsGivenTheOneThatIsAssumedIsNamed() {
    assertThat(estimate("device=auto").out())
        .contains("device: cpu, taken for auto without looking for GPUs; give --device");
    assertThat(estimate("device=cuda").out()).contains("device: cuda; give --device");
    JsonNode found = Json.parse(estimate("--json", "device=cpu").out(), JsonNode.class, "estimate");
    assertThat(found.path("device").asString()).isEqualTo("cpu");
    assertThat(found.path("bytes").path("base weights").asLong()).isPositive();
  }

  @Tag("recipe")
  @Test
  void thisMachineIsMeasured() {
    Typed typed = estimate("--device", "this", "device=cpu");
    assertThat(typed.status()).as(typed.err()).isZero();
    assertThat(typed.out())
        .containsPattern("speed: an estimate: 46 % of a matmul's \\d+ GFLOP/s, measured here");
  }

  private JsonNode json(String... more) {
    List<String> arguments = new ArrayList<>(List.of("--device", "card", "--json"));
    arguments.addAll(List.of(more));
    Typed typed = estimate(arguments.toArray(String[]::new));
    assertThat(typed.status()).as(typed.err()).isZero();
    return Json.parse(typed.out(), JsonNode.class, "estimate");
  }

  private Typed estimate(String... more) {
    List<String> arguments = new ArrayList<>(List.of("estimate", "--config", "../configs/demo"));
    arguments.addAll(List.of("--devices", folder.toString(), "dataset_dir=" + folder));
    arguments.add("base_model=../artifacts/base");
    arguments.addAll(List.of(more));
    return Typed.run(arguments.toArray(String[]::new));
  }
}

package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Tag("recipe")
class InspectPreferenceCommandTest {
  private static final Path PAIRS = Path.of("src/test/resources/preferences/validation.jsonl");
  private static final Path GOLDEN = Path.of("src/test/resources/golden/adapter-dora");
  private static final String BASE = "../artifacts/base";

  @TempDir Path folder;

  /** An adapter of the base by the name that this test has for it. */
  private Path adapter;

  @BeforeEach
  void nameTheAdaptersBase() throws IOException {
    adapter = Files.createDirectories(folder.resolve("adapter"));
    String config = Files.readString(GOLDEN.resolve("adapter_config.json"));
    Files.writeString(
        adapter.resolve("adapter_config.json"),
        config.replaceAll("(\"base_model_name_or_path\" ?: ?)\"[^\"]*\"", "$1\"" + BASE + "\""));
    String weights = "adapter_model.safetensors";
    Files.copy(GOLDEN.resolve(weights), adapter.resolve(weights));
  }

  @Test
  void rewardsAndLossFollowFromTheLogProbsOfTheModels() throws IOException {
    List<JsonNode> pairs = inspect("--adapter", adapter.toString());
    assertThat(pairs).hasSize(6);
    for (JsonNode pair : pairs) {
      double chosen = 0.1 * apart(pair.path("chosen"));
      double rejected = 0.1 * apart(pair.path("rejected"));
      assertThat(pair.path("chosen").path("reward").asDouble()).isCloseTo(chosen, within(1e-9));
      assertThat(chosen).as("an adapter changes what the base says").isNotZero();
      assertThat(pair.path("margin").asDouble()).isCloseTo(chosen - rejected, within(1e-9));
      assertThat(pair.path("loss").asDouble())
          .isCloseTo(Math.log1p(Math.exp(rejected - chosen)), within(1e-9));
      JsonNode mask = pair.path("chosen").path("mask");
      assertThat(mask.valueStream().mapToInt(JsonNode::asInt).sum())
          .isEqualTo(pair.path("chosen").path("logps").size());
    }
  }

  @Test
  void aModelIsNoBetterThanItself() throws IOException {
    for (JsonNode pair : inspect()) {
      assertThat(pair.path("loss").asDouble()).isCloseTo(Math.log(2), within(1e-12));
      assertThat(pair.path("margin").asDouble()).isZero();
    }
    for (JsonNode pair : inspect("--set", "rl=orpo")) {
      assertThat(pair.path("chosen").has("reference_logps")).isFalse();
      assertThat(pair.path("chosen").path("logp").asDouble())
          .isCloseTo(mean(pair.path("chosen").path("logps")), within(1e-9));
    }
  }

  @Test
  void aLossWithoutAReferenceHasNone() {
    assertThat(typed().out()).contains("; policy the base, reference the base; loss ");
    assertThat(typed("--set", "rl=simpo").out()).contains("; policy the base; loss ");
    Typed typed = typed("--set", "rl=simpo", "--reference", adapter.toString());
    assertThat(typed.status()).isEqualTo(2);
    assertThat(typed.err()).contains("--reference is of no use");
  }

  @Test
  void anAdapterOfAnotherBaseIsRefusedByName() {
    Typed typed = typed("--adapter", GOLDEN.toString());
    assertThat(typed.status()).isEqualTo(4);
    assertThat(typed.err()).contains("adapter_config.json: the adapter was trained on");
    assertThat(folder.resolve("pairs.json")).doesNotExist();
  }

  private static double apart(JsonNode answer) {
    return sum(answer.path("logps")) - sum(answer.path("reference_logps"));
  }

  private static double sum(JsonNode numbers) {
    return numbers.valueStream().mapToDouble(JsonNode::asDouble).sum();
  }

  private static double mean(JsonNode numbers) {
    return sum(numbers) / numbers.size();
  }

  private List<JsonNode> inspect(String... options) throws IOException {
    Typed typed = typed(options);
    assertThat(typed.status()).as(typed.err()).isZero();
    List<JsonNode> pairs = new ArrayList<>();
    Json.mapper().readTree(Files.readString(folder.resolve("pairs.json"))).forEach(pairs::add);
    return pairs;
  }

  private Typed typed(String... options) {
    return Typed.run(
        Stream.concat(
                Stream.of(
                    "inspect",
                    "preference",
                    "--config",
                    "../configs/smoke",
                    "--set",
                    "base_model=" + BASE,
                    "--set",
                    "output_dir=" + folder,
                    "--rows",
                    PAIRS.toString(),
                    "--out",
                    folder.resolve("pairs.json").toString()),
                Arrays.stream(options))
            .toArray(String[]::new));
  }
}

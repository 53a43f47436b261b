package dev.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedConfigsTest {
  private static final Path CONFIGS = Path.of("..", "configs");
  private static final List<String> HERE = List.of("model_registry=../configs/models");

  @ParameterizedTest
  @ValueSource(strings = {"demo", "phi4-joshi", "smoke"})
  void everyShippedFolderLoadsAndOpensWithItsCommand(String name) throws IOException {
    Path folder = CONFIGS.resolve(name);
    assertThat(ConfigLoader.load(folder, HERE, "sft").model().modelName()).isNotBlank();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files)
          .allSatisfy(
              file ->
                  assertThat(Files.readAllLines(file).get(0)).startsWith("# scripts/pipeline "));
    }
  }

  @Test
  void phi4JoshiIsThePlansRecipe() {
    PipelineConfig config = ConfigLoader.load(CONFIGS.resolve("phi4-joshi"), HERE, "sft");
    assertThat(config.model().modelName()).isEqualTo("phi4-joshi");
    assertThat(config.model().base().source()).contains("microsoft/phi-4");
    assertThat(config.sft().batch().effectiveBatchSize()).isEqualTo(128);
    assertThat(config.sft().batch().sequenceLen()).isEqualTo(4096);
    assertThat(config.sft().lora()).isEqualTo(LoraConfig.DEFAULTS);
    assertThat(config.sft().optimizer()).isEqualTo(OptimizerConfig.DEFAULTS);
    assertThat(config.sft().schedule().warmup(1000)).isEqualTo(100);
  }
}

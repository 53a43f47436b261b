package dev.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code adapter_config.json} may say, starting from one that PEFT wrote. */
class PeftConfigTest {
  private static final Path WRITTEN_BY_PEFT =
      Path.of("src/test/resources/golden/adapter-peft/adapter_config.json");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "rank_pattern | {'o_proj': 4} | rank_pattern is {'o_proj':4}, which is not supported",
        "init_lora_weights | 'pissa' | init_lora_weights is 'pissa', which",
        "bias | 'all' | bias is 'all', which is not supported",
        "modules_to_save | ['lm_head'] | modules_to_save is ['lm_head'], which",
        "r | 0 | r is 0, which is not supported",
        "r | 4.5 | r is 4.5, which is not supported",
        "r | '4' | r is '4', which is not supported",
        "lora_alpha | -1 | lora_alpha is -1, which is not supported",
        "lora_alpha | '8' | lora_alpha is '8', which is not supported",
        "lora_dropout | '0.1' | lora_dropout is '0.1', which is not supported",
        "use_dora | 'yes' | use_dora is 'yes', which is not supported",
        "target_modules | '.*[qv]_proj' | target_modules is the regular expression '.*[qv]_proj'",
        "target_modules | [1] | target_modules is no list of names"
      })
  void whatWouldComputeOtherwiseIsRefusedByItsKey(String key, String value, String reason)
      throws IOException {
    write(key, value);
    assertThatThrownBy(() -> AdapterFolder.readSpec(folder))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("adapter_config.json: " + reason.replace('\'', '"'));
  }

  @Test
  void aScaleNeedNotBeWhole() throws IOException {
    write("lora_alpha", "8.5");
    assertThat(AdapterFolder.readSpec(folder).scale()).isEqualTo(8.5 / Math.sqrt(2));
  }

  @Test
  void oneWordStandsForAllModulesAsInPeft() throws IOException {
    write("target_modules", "'ALL-linear'");
    assertThat(AdapterFolder.readSpec(folder).targets()).containsExactly(LoraSpec.ALL_LINEAR);
  }

  @Test
  void modulesOutsideTheLayersAreRefusedByTheirNames() throws IOException {
    write("target_modules", "['qkv_proj', 'lm_head']");
    Phi3 architecture = new Phi3();
    DecoderShape shape = architecture.shape(Json.mapper().valueToTree(TinyModel.CONFIG), "test");
    assertThatThrownBy(() -> AdapterFolder.readSpec(folder, architecture, shape))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("adapter_config.json: target_modules: [lm_head] match no linear");
  }

  @Test
  void whatIsNoConfigIsCalledWhatItIs() throws IOException {
    assertRefused("no adapter in");
    Path file = folder.resolve("adapter_config.json");
    for (Map.Entry<String, byte[]> content :
        Map.of(
                "is not UTF-8", new byte[] {'{', '"', (byte) 0xe9, '"', ':', '1', '}'},
                "is not a JSON object", new byte[] {'[', ']'},
                "is not JSON", new byte[] {'{'})
            .entrySet()) {
      Files.write(file, content.getValue());
      assertRefused("adapter_config.json " + content.getKey());
    }
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(() -> AdapterFolder.readSpec(folder))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(reason);
  }

  private void write(String key, String value) throws IOException {
    ObjectNode config = (ObjectNode) Json.mapper().readTree(Files.readString(WRITTEN_BY_PEFT));
    JsonNode changed = Json.mapper().readTree(value.replace('\'', '"'));
    config.set(key, changed);
    Files.writeString(folder.resolve("adapter_config.json"), Json.pretty(config));
  }
}

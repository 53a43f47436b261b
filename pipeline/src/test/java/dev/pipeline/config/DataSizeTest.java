package dev.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSizeTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "38 GB, 38000000000",
    "38GB, 38000000000",
    "1.5TB, 1500000000000",
    "512 MiB, 536870912",
    "1 B, 1"
  })
  void readsNumberAndUnit(String text, long bytes) {
    assertThat(DataSize.parse(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "38",
        "38 gb",
        "38  GB",
        "-1 GB",
        "0 GB",
        "0.1 B",
        "1e9 B",
        "GB",
        "9999999999 TB",
        "1,5 GB"
      })
  void refusesTheRest(String text) {
    assertThatThrownBy(() -> DataSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isASettingThatSaysWhatItWants() throws Exception {
    Path file = folder.resolve("all.yaml");
    Files.writeString(file, "model:\n  memory_limit: 38 GB\n");
    assertThat(
            ConfigLoader.load(file, List.of("model_registry=../configs/models"), "sft")
                .model()
                .memoryLimit())
        .contains(new DataSize(38_000_000_000L));
    assertThatThrownBy(() -> ConfigLoader.load(file, List.of("memory_limit=38"), "sft"))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(failure.fix()).contains("38 GB or 512 MiB");
            });
  }
}

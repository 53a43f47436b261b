package dev.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateConfigTest {
  @TempDir Path folder;

  @Test
  void readsBoundsInTheirOrder() throws IOException {
    GateConfig gate =
        read("leak_rate:\n  at_most: 0\n  interval_at_most: 0.08\nbleu:\n  gain: 1\n");
    assertThat(gate.metrics().keySet()).containsExactly("leak_rate", "bleu");
    assertThat(gate.metrics().getOrDefault("leak_rate", GateBounds.NONE).given())
        .containsEntry("at_most", 0.0)
        .containsEntry("interval_at_most", 0.08)
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "leak_rate:\n  at_mots: 0\n",
        "leak_rate: 0\n",
        "leak_rate: {}\n",
        "leak_rate:\n  at_most: none\n",
        "leak_rate:\n  regression: -1\n"
      })
  void refusesWhatIsNoBoundWithItsLine(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("gate.yaml:");
  }

  @Test
  void refusesAMissingFile() {
    assertThatThrownBy(() -> GateConfig.read(folder.resolve("none.yaml")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("none.yaml");
  }

  private GateConfig read(String text) throws IOException {
    Path file = folder.resolve("gate.yaml");
    Files.writeString(file, text);
    return GateConfig.read(file);
  }
}

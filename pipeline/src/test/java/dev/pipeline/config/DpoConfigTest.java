package dev.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DpoConfigTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "rl=dpo, DPO",
    "rl=dpo label_smoothing=0.1, cDPO",
    "rl=dpo ld_alpha=0.5, LD-DPO",
    "rl=dpo rpo_alpha=1, RPO",
    "rl=ipo, IPO",
    "rl=ipo rpo_alpha=1, IPO with RPO's term",
    "rl=orpo, ORPO",
    "rl=simpo, SimPO",
    "rl=sigmoid_norm, Length-normalised DPO"
  })
  void aLossIsCalledAsTheFieldCallsIt(String settings, String name) throws IOException {
    Path file = Files.writeString(folder.resolve("all.yaml"), "model:\n  seed: 5\n");
    assertThat(ConfigLoader.load(file, List.of(settings.split(" ")), "dpo").dpo().lossName())
        .isEqualTo(name);
  }
}

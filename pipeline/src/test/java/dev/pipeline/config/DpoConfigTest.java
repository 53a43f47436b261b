package dev.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
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

  @ParameterizedTest
  @CsvSource({
    "dpo,   simpo_gamma: 1.2, simpo",
    "orpo,  simpo_gamma: 0, simpo",
    "ipo,   label_smoothing: 0.1, dpo",
    "simpo, ld_alpha: 0.5, dpo",
    "orpo,  rpo_alpha: 1, dpo or rl: sigmoid_norm or rl: ipo",
    "simpo, precompute_ref_log_probs: false, dpo or rl: sigmoid_norm or rl: ipo"
  })
  void aKeyThatTheLossDoesNotUseIsRefusedByName(String rl, String setting, String users)
      throws IOException {
    String key = setting.substring(0, setting.indexOf(':'));
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> load("rl: " + rl + "\n" + setting + "\n"))
        .withMessageContaining("dpo.yaml:2: " + key + " changes nothing with rl: " + rl)
        .satisfies(
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(failure.fix()).isEqualTo("remove " + key + ", or set rl: " + users);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "dpo,   simpo_gamma: 0.5",
    "dpo,   label_smoothing: 0.1",
    "dpo,   precompute_ref_log_probs: false",
    "simpo, simpo_gamma: 1.2",
    "simpo, precompute_ref_log_probs: true",
    "orpo,  label_smoothing: 0",
    "ipo,   rpo_alpha: 1"
  })
  void whatIsUsedOrUsualIsNot(String rl, String setting) throws IOException {
    assertThat(load("rl: " + rl + "\n" + setting + "\n").dpo()).isNotNull();
  }

  @Test
  void labelsAreNotSmoothedBesideLengths() {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> load("label_smoothing: 0.1\nld_alpha: 0.5\n"))
        .withMessageContaining("label_smoothing changes nothing beside ld_alpha");
  }

  private PipelineConfig load(String yaml) throws IOException {
    Files.writeString(folder.resolve("dpo.yaml"), yaml);
    return ConfigLoader.load(folder, List.of(), "dpo");
  }
}

package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.config.ConfigLoader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunRequestTest {
  @Test
  void theCommandCanBePastedIntoAShell() {
    assertThat(command("num_epochs=1", "memory_limit=0.80 GB", "system_prompt=It's $5"))
        .isEqualTo(
            "run sft --config configs/demo num_epochs=1 'memory_limit=0.80 GB'"
                + " 'system_prompt=It'\\''s $5'");
  }

  private static String command(String... overrides) {
    String config = "configs/demo";
    return new RunRequest(
            "sft",
            false,
            ConfigLoader.load(Path.of("..", config), List.of(), "sft"),
            config,
            List.of(overrides))
        .command();
  }
}

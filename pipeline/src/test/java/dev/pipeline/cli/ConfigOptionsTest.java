package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.io.StopSignal;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigOptionsTest {
  @Test
  void theFolderMayStandBeforeOrAfterTheSecondVerb() {
    assertThat(configOfJobs("jobs", "list", "--config", "mine")).isEqualTo(Path.of("mine"));
    assertThat(configOfJobs("jobs", "--config", "mine", "list")).isEqualTo(Path.of("mine"));
  }

  @Test
  void withoutItTheDemoIsMeant() {
    assertThat(configOfJobs("jobs", "list")).isEqualTo(Path.of("configs/demo"));
  }

  private static Path configOfJobs(String... arguments) {
    JobsCommand jobs =
        (JobsCommand)
            Main.commandLine(new StopSignal())
                .parseArgs(arguments)
                .subcommand()
                .commandSpec()
                .userObject();
    return jobs.settings.config;
  }
}

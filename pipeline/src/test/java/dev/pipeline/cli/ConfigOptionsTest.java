package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.io.StopSignal;
import java.nio.file.Path;
import java.util.List;
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

  @Test
  void settingsWinOverTheFilesWithEveryVerb() {
    String config = Path.of("../configs/demo").toString();
    ConfigOptions options =
        optionsOfJobs("jobs", "list", "--config", config, "--set", "output_dir=other");
    assertThat(options.load(List.of(), "model").model().outputDir()).isEqualTo(Path.of("other"));
    assertThat(options.load(List.of("output_dir=last"), "model").model().outputDir())
        .isEqualTo(Path.of("last"));
  }

  private static Path configOfJobs(String... arguments) {
    return optionsOfJobs(arguments).config;
  }

  private static ConfigOptions optionsOfJobs(String... arguments) {
    JobsCommand jobs =
        (JobsCommand)
            Main.commandLine(new StopSignal())
                .parseArgs(arguments)
                .subcommand()
                .commandSpec()
                .userObject();
    return jobs.settings;
  }
}

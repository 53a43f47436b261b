package dev.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training run on a real Slurm, from the settings that run it here. */
@Tag("cluster")
class SlurmTest {
  private static final String SECRET = "hf_planted-secret-of-the-submitter";

  @TempDir Path home;
  private DebianSlurm slurm;

  @BeforeEach
  void start() {
    slurm = DebianSlurm.start();
  }

  @AfterEach
  void stop() {
    if (slurm != null) {
      slurm.close();
    }
  }

  @Test
  void trainsThereFromTheSameSettings() throws IOException {
    SmokeConfig config = SmokeConfig.in(home);
    Program.Ended ended = launch(config, "run", "sft", "launch.cpus=1");
    assertThat(ended.status()).as(ended.text()).isZero();
    assertThat(ended.text()).contains("Slurm job").contains("sft ");
    assertThat(SmokeConfig.exists(home.resolve("artifacts"), ".*/adapter_model\\.safetensors"))
        .isTrue();

    Program.Ended again = Program.run("run", "sft", "--config", config.folder().toString());
    assertThat(again.status()).isZero();
    assertThat(again.text()).contains("nothing to do");
    for (Path file : files(home.resolve("artifacts/.jobs"))) {
      assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
          .as("%s", file)
          .doesNotContain(SECRET);
    }
  }

  @Test
  void theExitCodeComesBack() {
    SmokeConfig config = SmokeConfig.in(home);
    config.raw("no conversation\n", "bad.jsonl");
    Program.Ended ended = launch(config, "run", "curate", "launch.cpus=1");
    assertThat(ended.status()).as(ended.text()).isEqualTo(4);
    assertThat(ended.text()).contains("no line of the raw files");
  }

  private Program.Ended launch(SmokeConfig config, String... words) {
    List<String> arguments =
        Stream.concat(
                Stream.of(words),
                Stream.of(
                    "--config",
                    config.folder().toString(),
                    "--launch",
                    "slurm",
                    "launch.memory=1 GB",
                    "launch.time=30m"))
            .toList();
    return Program.with(Map.of("SLURM_CONF", slurm.config().toString(), "HF_TOKEN", SECRET))
        .run(() -> false, arguments.toArray(String[]::new));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}

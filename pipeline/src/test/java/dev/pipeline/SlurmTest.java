package dev.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training on a real Slurm, from the settings that train here. */
@Tag("cluster")
class SlurmTest {
  private static final String SECRET = "hf_planted-secret-of-the-submitter";
  private static final String[] TRAIN = {"run", "sft", "--only", "num_epochs=6"};
  private static final int STEPS = 36;

  private static DebianSlurm slurm;

  @TempDir Path home;

  @BeforeAll
  static void start() {
    slurm = DebianSlurm.start();
  }

  @AfterAll
  static void stop() {
    if (slurm != null) {
      slurm.close();
    }
  }

  @Test
  void trainsThereWhatWasBegunHereAndGoesOnWhereItWasStopped() throws IOException {
    SmokeConfig config = SmokeConfig.in(home);
    assertThat(run(here(config, "run", "curate")).status()).isZero();

    Program.Ended stopped =
        Program.with(environment())
            .runAtTerminal(() -> SmokeConfig.newestStep(home) >= 2, there(config, TRAIN));
    assertThat(stopped.status()).as(stopped.text()).isEqualTo(130);
    assertThat(stopped.text())
        .contains("stopping at the next safe point")
        .containsPattern("sft stopped after step \\d+ of " + STEPS + ": interrupted");
    int reached = SmokeConfig.newestStep(home);
    assertThat(reached).isBetween(2, STEPS - 2);

    Program.Ended ended =
        Program.with(environment())
            .run(
                () -> SmokeConfig.newestStep(home) > reached,
                () -> slurm.timeIsNearlyUp(slurm.newestJob()),
                there(config, TRAIN));
    assertThat(ended.status()).as(ended.text()).isZero();
    assertThat(ended.text())
        .contains("sft (continued)")
        .containsPattern("sft stopped after step \\d+ of " + STEPS)
        .containsSubsequence(": running", ": pending", ": running", ": completed");
    assertThat(run(here(config, TRAIN)).text()).contains("nothing to do");
    assertNoSecret();
  }

  @Test
  void theExitCodeComesBack() {
    SmokeConfig config = SmokeConfig.in(home);
    config.raw("no conversation\n", "bad.jsonl");
    Program.Ended ended = run(there(config, "run", "curate"));
    assertThat(ended.status()).as(ended.text()).isEqualTo(4);
    assertThat(ended.text()).contains("no line of the raw files");
  }

  private static Program.Ended run(String... arguments) {
    return Program.with(environment()).run(() -> false, arguments);
  }

  private static Map<String, String> environment() {
    return Map.of(
        "SLURM_CONF",
        slurm.config().toString(),
        "HF_TOKEN",
        SECRET,
        // For processes that end before the optimising compiler repays its time; it travels, too.
        "PIPELINE_JAVA_OPTS",
        "-XX:TieredStopAtLevel=1");
  }

  private static String[] here(SmokeConfig config, String... words) {
    return Stream.concat(Stream.of(words), Stream.of("--config", config.folder().toString()))
        .toArray(String[]::new);
  }

  private static String[] there(SmokeConfig config, String... words) {
    return Stream.concat(
            Stream.of(here(config, words)),
            Stream.of("--launch", "slurm", "launch.cpus=1", "launch.memory=1 GB"))
        .toArray(String[]::new);
  }

  /** In nothing that the launcher wrote, nor in what Slurm keeps. */
  private void assertNoSecret() throws IOException {
    for (Path folder : List.of(home.resolve("artifacts/.jobs"), slurm.home())) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
              .as("%s", file)
              .doesNotContain(SECRET);
        }
      }
    }
  }
}

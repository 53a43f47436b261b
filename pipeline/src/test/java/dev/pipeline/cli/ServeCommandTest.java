package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.io.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {
  @TempDir Path home;
  private String config;

  @BeforeEach
  void configure() throws IOException {
    Path file = home.resolve("all.yaml");
    Files.writeString(
        file, "model:\n  model_name: m\n  output_dir: " + home.resolve("artifacts") + "\n");
    config = file.toString();
  }

  @Test
  void listensUntilItIsStopped() {
    StopSignal stop = new StopSignal();
    stop.request("Ctrl-C");
    Typed ended = Typed.run(stop, "serve", "--port", "0", "--config", config);
    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(ended.out()).matches("listening at http://127\\.0\\.0\\.1:\\d+/\n");
  }

  @Test
  void letsNobodyElseInWithoutAToken() {
    Typed refused = Typed.run("serve", "--host", "0.0.0.0", "--config", config);
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("there is no token", "PIPELINE_SERVE_TOKEN");
    assertThat(Typed.run("serve", "--port", "70000", "--config", config).status()).isEqualTo(2);
    assertThat(Typed.run("serve", "--host", "no.such.host.invalid", "--config", config).status())
        .isEqualTo(2);
  }

  @Test
  void helpSaysWhatItDoes() {
    assertThat(Typed.run("serve", "--help").out())
        .contains("Shows runs, datasets", "--port", "PIPELINE_SERVE_TOKEN");
  }
}

package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.StopSignal;
import dev.pipeline.track.TrackedRun;
import dev.pipeline.track.wandb.FakeWeightsAndBiases;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TrackCommandTest {
  private static final String ID = "00112233aabbccdd";

  @TempDir Path folder;

  @BeforeEach
  void configure() throws IOException {
    Files.writeString(
        folder.resolve("all.yaml"), "model:\n  model_name: buyer\n  output_dir: " + folder + "\n");
  }

  @Test
  void aRunThatWasKeptIsListedShownAndSentOnce() throws IOException {
    try (FakeWeightsAndBiases server = new FakeWeightsAndBiases()) {
      run();
      assertThat(track(Map.of(), "list").out()).contains(ID, "sft", "finished", "not sent");
      assertThat(track(Map.of(), "show", "0011").out()).contains("exit code 0", "best_loss  1.5");
      Typed first = track(server.environment(), "sync");
      assertThat(first.status()).as(first.err()).isZero();
      assertThat(first.out()).contains("3 rows -> " + server.address()).doesNotContain("already");
      assertThat(server.rows(ID)).isEqualTo(3);
      assertThat(server.state(ID)).isEqualTo("finished");
      int calls = server.calls().size();
      assertThat(track(server.environment(), "sync").out()).contains("(already sent)");
      assertThat(track(server.environment(), "sync", "0011", "--json").out())
          .contains("\"rows\" : 3");
      assertThat(server.calls()).hasSize(calls);
      assertThat(track(Map.of(), "list", "--json").out())
          .contains("\"page\" : \"" + server.address());
      assertThat(server.refusals()).isEmpty();
    }
  }

  @Test
  void figuresAreRoundedForPeopleAndWholeForPrograms() throws IOException {
    run(Map.of("loss", 5.942545002627891, "rate", 0.000123456789, "steps", 6, "gate", "passed"));
    assertThat(track(Map.of(), "show", ID).out())
        .contains("  loss  5.9425\n", "  rate  1.235E-4\n", "  steps  6\n", "  gate  passed\n");
    assertThat(track(Map.of(), "show", ID, "--json").out())
        .contains("5.942545002627891", "1.23456789E-4");
  }

  @Test
  void nothingIsSentWithoutAKeyOrWhereItIsForbidden() throws IOException {
    run();
    Typed without = track(Map.of(), "sync");
    assertThat(without.status()).isEqualTo(2);
    assertThat(without.err()).contains("WANDB_API_KEY is not set");
    Typed forbidden =
        track(
            Map.of("WANDB_API_KEY", FakeWeightsAndBiases.KEY),
            "sync",
            "--set",
            "wandb_mode=disabled");
    assertThat(forbidden.status()).isEqualTo(2);
    assertThat(forbidden.err()).contains("wandb_mode is disabled");
    assertThat(track(Map.of(), "show", "ffff").err()).contains("no tracked run called");
  }

  @Test
  void aServerThatRefusesTheKeyIsNamed() throws IOException {
    try (FakeWeightsAndBiases server = new FakeWeightsAndBiases()) {
      run();
      Typed refused =
          track(
              Map.of("WANDB_API_KEY", "another-key-42", "WANDB_BASE_URL", server.address()),
              "sync");
      assertThat(refused.status()).isEqualTo(3);
      assertThat(refused.err())
          .contains("does not take WANDB_API_KEY")
          .doesNotContain("another-key-42");
    }
  }

  private void run() throws IOException {
    run(Map.of("best_loss", 1.5));
  }

  private void run(Map<String, Object> figures) throws IOException {
    Path run = Files.createDirectories(folder.resolve("buyer/runs/" + ID));
    AtomicFiles.writeString(
        run.resolve(TrackedRun.METRICS), "{\"step\":1}\n{\"step\":2}\n{\"step\":3,\"loss\":2.5}\n");
    TrackedRun.begin(run, ID, "sft", "buyer", List.of())
        .end(run, TrackedRun.End.now(0, figures, Map.of()));
  }

  private Typed track(Map<String, String> environment, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--config", folder.resolve("all.yaml").toString()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      Errors errors = new Errors();
      int status =
          new CommandLine(new TrackCommand(new StopSignal(), environment))
              .setErr(new PrintWriter(err, true))
              .setExecutionExceptionHandler(errors)
              .setParameterExceptionHandler(errors)
              .execute(all.toArray(String[]::new));
      return new Typed(status, out.toString(StandardCharsets.UTF_8), err.toString());
    } finally {
      System.setOut(before);
    }
  }
}

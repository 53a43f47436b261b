package dev.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.io.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Ctrl-C and {@code jobs stop} end at a safe point; the next run and {@code restart} go on. */
@Tag("e2e")
class StopTest {
  /** Far more steps than are waited for, so that every stop strikes while it trains. */
  private static final String[] SFT = {"run", "sft", "num_epochs=200"};

  @TempDir Path folder;

  @Test
  void whatCtrlCOrAnotherProcessStoppedGoesOn() {
    Program.Ended curating =
        Program.runAtTerminal(() -> exists(".*/runs/[^/]+/accepted\\.jsonl"), command(SFT));
    assertStopped(curating, "run the same command again");
    assertThat(curating.text()).contains("stopping at the next safe point");

    Program.Ended training = Program.runAtTerminal(() -> newestStep() >= 2, command(SFT));
    assertStopped(training, "sft stopped after step \\d+ of 1200: interrupted");
    assertThat(training.text()).containsPattern("mine .*\\(already done\\)");
    JsonNode stopped = newest();
    assertThat(stopped.get("state").asString("")).isEqualTo("stopped");

    int reached = newestStep();
    Program.Ended restarted =
        Program.run(
            () -> newestStep() > reached,
            () -> jobs("stop", newest().get("id").asString("")),
            command("jobs", "restart", stopped.get("id").asString("")));
    assertStopped(restarted, "sft stopped after step \\d+ of 1200: asked by pipeline jobs stop");
  }

  private static void assertStopped(Program.Ended ended, String words) {
    assertThat(ended.status()).as(ended.text()).isEqualTo(130);
    assertThat(ended.text()).containsPattern(words);
  }

  private JsonNode newest() {
    return Json.parse(jobs("list", "--json").text(), JsonNode.class, "jobs list").get(0);
  }

  private Program.Ended jobs(String... words) {
    List<String> all = new ArrayList<>(List.of("jobs"));
    all.addAll(List.of(words));
    Program.Ended ended = Program.run(command(all.toArray(String[]::new)));
    assertThat(ended.status()).as(ended.text()).isZero();
    return ended;
  }

  private String[] command(String... words) {
    return Stream.concat(
            Stream.of(words), Stream.of("--config", SmokeConfig.in(folder).folder().toString()))
        .toArray(String[]::new);
  }

  private boolean exists(String pattern) {
    return SmokeConfig.exists(folder, pattern);
  }

  private int newestStep() {
    return SmokeConfig.newestStep(folder);
  }
}

package dev.pipeline.track.wandb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.track.TrackedRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RunUploadTest {
  private static final String ID = "0123456789abcdef";

  @TempDir Path folder;
  private FakeWeightsAndBiases server;
  private final List<Duration> waits = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server = new FakeWeightsAndBiases();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tenThousandMetricsSurviveAServerThatFailsThreeRequestsOfTen() throws IOException {
    Random random = new Random(20261122);
    FakeWeightsAndBiases.Trouble[] kinds = FakeWeightsAndBiases.Trouble.values();
    int[] troubled = new int[kinds.length];
    server.trouble(
        () -> {
          synchronized (random) {
            int kind = random.nextDouble() < 0.3 ? 1 + random.nextInt(kinds.length - 1) : 0;
            troubled[kind]++;
            return kinds[kind];
          }
        });
    LocalRun local = new LocalRun(folder, ID);
    WandbHttp http = new WandbHttp(destination().server(), destination().timeout());
    RunUpload upload = upload(local, http);
    for (int step = 1; step <= 10_000; step += 500) {
      local.steps(step, step + 500);
      upload.push();
    }
    Sent sent = upload.finish(local.ended(0));
    http.close();

    assertThat(troubled).as("every kind of trouble was met").doesNotContain(0);
    assertThat(server.refusals()).isEmpty();
    assertThat(sent.rows()).isEqualTo(10_000);
    FakeWandbRuns.Run run = server.run(ID);
    assertThat(run.history.stream().map(RunUploadTest::step))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 10_000).boxed().toList());
    JsonNode tenth = Json.mapper().readTree(run.history.get(9));
    assertThat(tenth.path("loss").asDouble()).isEqualTo(10.25);
    assertThat(tenth.path("eval_loss").asDouble()).isEqualTo(10.5);
    assertThat(run.state).isEqualTo("finished");
    assertThat(run.summary).contains("\"loss\":10000.25", "\"best_loss\":1.5");
    assertThat(
            FakeWandbRuns.text(
                Objects.requireNonNull(run.files.get("adapter/adapter_config.json"))))
        .isEqualTo("{\"r\":8}");
    assertThat(waits)
        .as("a server that says when to come back is heeded")
        .contains(Duration.ofSeconds(7));
  }

  @Test
  void whatIsAskedComesInTheOrderOfTheContract() throws IOException {
    LocalRun local = new LocalRun(folder, ID);
    local.steps(1, 3);
    later(local, local.ended(0));
    assertThat(server.calls())
        .containsExactly(
            "upsert",
            "stream [files]",
            "files",
            "put",
            "stream [complete, exitcode, files, uploaded]");
  }

  @Test
  void aRunThatWasKilledGoesOnWhereTheServerIs() throws IOException {
    LocalRun local = new LocalRun(folder, ID);
    local.steps(1, 81);
    try (WandbHttp http = new WandbHttp(destination().server(), destination().timeout())) {
      upload(local, http).push();
    }
    assertThat(server.run(ID).history).hasSize(79);
    // From the checkpoint of step 60 again, at another speed.
    StringBuilder again = new StringBuilder();
    for (int step = 1; step <= 60; step++) {
      again.append(LocalRun.line(step, 1000));
    }
    for (int step = 61; step <= 120; step++) {
      again.append(LocalRun.line(step, 400));
    }
    local.metrics(again.toString());
    later(local, local.ended(0));
    assertThat(server.refusals()).isEmpty();
    assertThat(server.run(ID).history.stream().map(RunUploadTest::step))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 120).boxed().toList());
  }

  @Test
  void whatIsThereIsNotSentAgain() throws IOException {
    LocalRun local = new LocalRun(folder, ID);
    local.steps(1, 5);
    TrackedRun ended = local.ended(0);
    later(local, ended);
    try (LaterUpload upload = new LaterUpload(destination(), retries())) {
      assertThat(upload.done(folder, ended)).isPresent();
      assertThat(upload.done(folder, local.run())).as("a run without an end").isEmpty();
    }
  }

  @Test
  void theKeyGoesToNobodyElse() throws IOException {
    try (FakeWeightsAndBiases other = new FakeWeightsAndBiases()) {
      server.redirectTo(other.address());
      LocalRun local = new LocalRun(folder, ID);
      assertThatThrownBy(() -> later(local, local.ended(0)))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("points elsewhere");
      assertThat(other.calls()).isEmpty();
      assertThat(other.refusals()).isEmpty();
    }
  }

  @Test
  void theKeyIsInNoFileNoWordAndNoTrace() throws IOException {
    server.trouble(() -> FakeWeightsAndBiases.Trouble.ERROR_BEFORE);
    LocalRun local = new LocalRun(folder, ID);
    local.steps(1, 5);
    assertThatThrownBy(() -> later(local, local.ended(0)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("answers 503")
        .satisfies(
            failure -> {
              java.io.StringWriter trace = new java.io.StringWriter();
              failure.printStackTrace(new java.io.PrintWriter(trace));
              assertThat(trace.toString()).doesNotContain(FakeWeightsAndBiases.KEY);
              assertThat(((Failure) failure).fix()).contains("pipeline track sync");
            });
    server.trouble(() -> FakeWeightsAndBiases.Trouble.NONE);
    later(local, local.ended(0));
    assertThat(destination().toString()).doesNotContain(FakeWeightsAndBiases.KEY);
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile))
          .allSatisfy(
              file ->
                  assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                      .doesNotContain(FakeWeightsAndBiases.KEY));
    }
  }

  @Test
  void aKeyTravelsOnlyWhereNobodyReadsIt() {
    assertThatThrownBy(
            () ->
                WandbServer.of(
                    Map.of(
                        "WANDB_API_KEY", "secret-key-12", "WANDB_BASE_URL", "http://example.com")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("over http")
        .hasMessageNotContaining("secret-key-12");
    assertThatThrownBy(() -> WandbServer.of(Map.of("WANDB_API_KEY", "has a\nbreak-12")))
        .hasMessageContaining("characters")
        .hasMessageNotContaining("break-12");
    assertThatThrownBy(
            () ->
                WandbServer.of(
                    Map.of("WANDB_API_KEY", "secret-key-12", "WANDB_BASE_URL", "https://u:pw@h/")))
        .hasMessageNotContaining("pw");
    assertThatThrownBy(
            () ->
                WandbServer.of(
                    Map.of("WANDB_API_KEY", "secret-key-12", "WANDB_BASE_URL", "https://:pw@h/")))
        .hasMessageContaining("no plain address")
        .hasMessageNotContaining("pw");
    assertThatThrownBy(
            () ->
                WandbServer.of(
                    Map.of(
                        "WANDB_API_KEY",
                        "secret-key-12",
                        "WANDB_BASE_URL",
                        "http://127.evil.example")))
        .hasMessageContaining("over http");
    assertThat(WandbServer.of(Map.of())).isEmpty();
  }

  @Test
  void aFileThatLeadsOutOfTheRunStaysHere() throws IOException {
    LocalRun local = new LocalRun(folder.resolve("run"), ID);
    Files.writeString(folder.resolve("outside.json"), "{}");
    Files.createSymbolicLink(folder.resolve("run/link.json"), folder.resolve("outside.json"));
    TrackedRun run =
        local
            .run()
            .end(
                local.folder(),
                TrackedRun.End.now(0, Map.of(), Map.of("a", "../outside.json", "b", "link.json")));
    later(local, run);
    assertThat(server.run(ID).files).isEmpty();
    assertThat(server.run(ID).state).isEqualTo("finished");
  }

  private void later(LocalRun local, TrackedRun run) {
    try (LaterUpload upload = new LaterUpload(destination(), retries())) {
      upload.send(local.folder(), run);
    }
  }

  private RunUpload upload(LocalRun local, WandbHttp http) {
    return new RunUpload(
        local.folder(),
        local.run(),
        destination(),
        new WandbApi(destination().server(), http),
        retries());
  }

  private Retries retries() {
    return new Retries(destination().attempts(), waits::add, () -> false);
  }

  private Destination destination() {
    return new Destination(
        WandbServer.of(server.environment()).orElseThrow(),
        "",
        "negotiation",
        Duration.ofMillis(250),
        50,
        14);
  }

  private static int step(String line) {
    return Json.mapper().readTree(line).path("_step").asInt();
  }
}

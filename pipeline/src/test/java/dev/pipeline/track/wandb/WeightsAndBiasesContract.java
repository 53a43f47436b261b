package dev.pipeline.track.wandb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.io.Json;
import dev.pipeline.io.StopSignal;
import dev.pipeline.track.TrackedRun;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a server of Weights &amp; Biases does, the fake one and a real one. */
interface WeightsAndBiasesContract {
  /** WANDB_API_KEY and WANDB_BASE_URL of the server. */
  Map<String, String> environment();

  private Destination destination() {
    return new Destination(
        WandbServer.of(environment()).orElseThrow(),
        "",
        "pipeline-contract",
        Duration.ofSeconds(30),
        20,
        8);
  }

  @Test
  default void aRunArrivesWhole(@TempDir Path folder) throws Exception {
    LocalRun local = new LocalRun(folder, id());
    local.steps(1, 51);
    Sent sent = send(local.folder(), local.ended(0));
    assertThat(sent.rows()).isEqualTo(50);
    JsonNode run = told(sent, local.run().id());
    assertThat(run.path("historyLineCount").asInt()).isEqualTo(50);
    assertThat(run.path("state").asString("")).isEqualTo("finished");
    JsonNode summary = Json.mapper().readTree(run.path("summaryMetrics").asString(""));
    assertThat(summary.path("loss").asDouble()).isEqualTo(50.25);
    assertThat(summary.path("best_loss").asDouble()).isEqualTo(1.5);
    JsonNode config = Json.mapper().readTree(run.path("config").asString(""));
    assertThat(config.path("sft").path("value").path("lora_r").asInt()).isEqualTo(8);
    assertThat(run.path("tags").path(0).asString("")).isEqualTo("nightly");
  }

  @Test
  default void whatIsSentAgainStandsThereOnce(@TempDir Path folder) throws Exception {
    LocalRun local = new LocalRun(folder, id());
    local.steps(1, 31);
    Sent sent = send(local.folder(), local.run());
    local.steps(31, 61);
    send(local.folder(), local.ended(0));
    send(local.folder(), local.ended(5));
    JsonNode run = told(sent, local.run().id());
    assertThat(run.path("historyLineCount").asInt()).isEqualTo(60);
    assertThat(run.path("state").asString("")).isEqualTo("failed");
  }

  private static String id() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, 16);
  }

  private Sent send(Path folder, TrackedRun run) {
    try (LaterUpload upload = new LaterUpload(destination(), new StopSignal(), trouble -> {})) {
      return upload.send(folder, run);
    }
  }

  private JsonNode told(Sent sent, String id) throws IOException, InterruptedException {
    String query =
        "query Run($entity: String, $project: String, $name: String!) { project(entityName: $entity,"
            + " name: $project) { run(name: $name) { historyLineCount state summaryMetrics config"
            + " tags } } }";
    Map<String, Object> variables =
        Map.of("entity", sent.entity(), "project", sent.project(), "name", id);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(destination().server().address() + "/graphql"))
            .header("Authorization", destination().server().authorization())
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    Json.line(Map.of("query", query, "variables", variables))))
            .build();
    String body =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    return Json.mapper().readTree(body).path("data").path("project").path("run");
  }
}

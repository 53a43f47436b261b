package dev.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.io.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Conversations in a team's PostgreSQL, which outlive a service and are seen by all of them. */
@Tag("cluster")
class ChatPostgresTest {
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir Path home;
  private DebianPostgres server;

  @BeforeEach
  void start() {
    server = DebianPostgres.start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void conversationsOutliveTheServiceAndItsFolder() throws IOException {
    String session;
    String conversation;
    try (Serving first = serving("first")) {
      JsonNode answer = ask(first, Map.of("query", "What of steel?"));
      session = answer.get("session_id").asString();
      conversation = answer.get("conversation_id").asString();
      ask(first, Map.of("query", "And freight?", "conversation_id", conversation));
    }
    assertThat(home.resolve("first/artifacts/.serve/chat.mv.db")).doesNotExist();
    try (Serving second = serving("second")) {
      JsonNode history = get(second, "chat/history?conversation_id=" + conversation);
      assertThat(history.get("messages").valueStream().map(one -> one.get("role").asString()))
          .containsExactly("user", "assistant", "user", "assistant");
      assertThat(history.at("/messages/2/content").asString()).isEqualTo("And freight?");
      assertThat(get(second, "chat/session/" + session).get("conversation_count").asInt())
          .isEqualTo(1);
      assertThat(get(second, "chat/context?conversation_id=" + conversation).toString())
          .contains("And freight?");
      assertThat(
              send(second, "DELETE", "chat/history?conversation_id=" + conversation, "")
                  .statusCode())
          .isEqualTo(200);
      assertThat(send(second, "GET", "chat/conversation/" + conversation, "").statusCode())
          .isEqualTo(404);
      send(second, "POST", "chat/session/clear", Json.line(Map.of("session_id", session)));
      assertThat(get(second, "chat/sessions")).isEmpty();
    }
    assertNoSecret();
  }

  @Test
  void servicesThatBeginAtTheSameTimeShareOneMemory() {
    List<CompletableFuture<Serving>> starting = new ArrayList<>();
    for (String name : List.of("one", "two", "three")) {
      starting.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return serving(name);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              }));
    }
    List<Serving> services = starting.stream().map(CompletableFuture::join).toList();
    try {
      String conversation =
          ask(services.get(0), Map.of("query", "What of steel?")).get("conversation_id").asString();
      ask(services.get(1), Map.of("query", "And freight?", "conversation_id", conversation));
      assertThat(
              get(services.get(2), "chat/history?conversation_id=" + conversation)
                  .get("total_count")
                  .asInt())
          .isEqualTo(4);
    } finally {
      services.forEach(Serving::close);
    }
  }

  private Serving serving(String name) throws IOException {
    SmokeConfig config = SmokeConfig.in(Files.createDirectories(home.resolve(name)));
    return Serving.start(
        Map.of(
            "PIPELINE_DB_URL", server.url(),
            "PIPELINE_DB_USER", DebianPostgres.USER,
            "PIPELINE_DB_PASSWORD", DebianPostgres.PASSWORD),
        "--config",
        config.folder().toString(),
        "--set",
        "chat_model=base");
  }

  private JsonNode ask(Serving serving, Map<String, String> query) {
    HttpResponse<String> reply = send(serving, "POST", "chat/query", Json.line(query));
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return Json.mapper().readTree(reply.body());
  }

  private JsonNode get(Serving serving, String path) {
    HttpResponse<String> reply = send(serving, "GET", path, "");
    assertThat(reply.statusCode()).as("%s: %s", path, reply.body()).isEqualTo(200);
    assertThat(reply.body()).doesNotContain(DebianPostgres.PASSWORD);
    return Json.mapper().readTree(reply.body());
  }

  private HttpResponse<String> send(Serving serving, String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(serving.page(path)))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
  }

  private void assertNoSecret() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as("%s", file)
            .doesNotContain(DebianPostgres.PASSWORD);
      }
    }
  }
}

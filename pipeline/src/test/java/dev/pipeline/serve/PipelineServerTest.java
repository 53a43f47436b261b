package dev.pipeline.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.serve.guard.AccessToken;
import dev.pipeline.talk.Scripted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The service as a whole: who may use it, how it describes itself, its pages before any run. */
class PipelineServerTest {
  @TempDir static Path home;
  private static Served served;
  private static Served empty;

  @BeforeAll
  static void start() throws IOException {
    JobFolders.leave(home);
    served = Served.start(Served.config(home), false, () -> new Scripted(100));
    empty = Served.start(Served.config(home.resolve("empty")), false, () -> new Scripted(100));
  }

  @AfterAll
  static void stop() {
    served.close();
    empty.close();
  }

  @Test
  void everyPageStandsEmptyAndSaysWhatToDo() {
    for (String page :
        List.of("/", "/runs", "/datasets", "/releases", "/lineage", "/plans", "/drift")) {
      Served.Reply reply = empty.get(page, "Accept", "text/html");
      assertThat(reply.status()).as(page).isEqualTo(200);
      assertThat(reply.text()).as(page).contains("scripts/pipeline run ");
    }
    assertThat(empty.get("/reviews").text()).contains("scripts/pipeline review create");
    for (String list :
        List.of("/api/runs", "/api/collections", "/api/datasets", "/api/plans", "/api/drift")) {
      assertThat(empty.json(list)).as(list).isEmpty();
    }
    assertThat(empty.get("/api/drift/latest").status()).isEqualTo(404);
    assertThat(empty.json("/api/releases").get("serving").isNull()).isTrue();
  }

  @Test
  void commandsOnEmptyPagesMeanTheModelOfThePages() {
    ServeOptions options =
        new ServeOptions(
            InetAddress.getLoopbackAddress(), 0, Optional.empty(), "--config configs/smoke");
    try (Served empty =
        new Served(PipelineServer.start(Served.config(home.resolve("empty")), options))) {
      assertThat(empty.get("/runs", "Accept", "text/html").text())
          .contains("scripts/pipeline run sft --config configs/smoke");
      assertThat(empty.get("/drift", "Accept", "text/html").text())
          .contains("scripts/pipeline run drift --config configs/smoke");
    }
  }

  @Test
  void browsersMayDoNoMoreThanPagesNeed() {
    for (String path : List.of("/runs", "/api/runs", "/nothing", "/health")) {
      String policy = served.get(path).headers().firstValue("Content-Security-Policy").orElse("");
      assertThat(policy).as(path).contains("default-src 'none'", "script-src 'self'");
      assertThat(policy).as(path).doesNotContain("unsafe", "http", "*");
    }
    assertThat(served.html("/runs"))
        .doesNotContain("style=", "onclick", "<script>", "http://", "https://");
  }

  @Test
  void describesItselfAsItIs() {
    JsonNode paths = served.json("/openapi.json").get("paths");
    TreeSet<String> described = new TreeSet<>(paths.propertyNames());
    assertThat(described)
        .contains(
            "/api/runs",
            "/api/lineage",
            "/api/collections",
            "/api/gates",
            "/chat/query",
            "/chat/session/clear",
            "/feedback")
        .allMatch(path -> path.matches("/(api|chat)/.*|/feedback|/mcp"));
    assertThat(served.get("/api", "Accept", "text/html").text())
        .contains(described.stream().map(path -> path + "</code>").toList());
    assertThat(served.json("/openapi.json").at("/components/securitySchemes/token").isObject())
        .isTrue();
  }

  @Test
  void agentsLookThingsUpByTheirOwnProtocol() {
    Served.Reply reply =
        served.post("/mcp", "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/list\"}");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(Json.mapper().readTree(reply.text()).at("/result/tools")).isNotEmpty();
    assertThat(served.post("/mcp", "{}", "MCP-Protocol-Version", "1999-01-01").status())
        .isEqualTo(400);
  }

  @Test
  void tellsHealthAndMetrics() {
    assertThat(served.json("/health").get("status").asString()).isEqualTo("UP");
    assertThat(served.get("/metrics").text()).contains("pipeline_chat_waiting", "jvm_memory");
    assertThat(served.get("/env").status()).isEqualTo(404);
  }

  @Test
  void keepsFeedbackAsTheFeedbackServerDoes() {
    String said =
        "{\"message\": \"Mail me at anna@example.org.\", \"answer\": \"Yes.\", \"thumb\": \"up\"}";
    Served.Reply first = served.post("/feedback", said);
    assertThat(first.status()).as(first.text()).isEqualTo(201);
    assertThat(served.post("/api/feedback", said).status()).isEqualTo(200);
    assertThat(served.post("/feedback", "{}").status()).isEqualTo(400);
    assertThat(served.post("/feedback", said, "Content-Type", "text/plain").status())
        .isEqualTo(415);
    assertThat(Json.line(files(home.resolve("datasets/feedback")))).doesNotContain("anna@");
  }

  @Test
  void onlyATokenOpensItToOthers() throws Exception {
    InetAddress all = InetAddress.getByName("0.0.0.0");
    assertThatThrownBy(() -> new ServeOptions(all, 0, Optional.empty()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("there is no token");
    assertThatThrownBy(() -> new AccessToken("short")).isInstanceOf(Failure.class);
    assertThat(new ServeOptions(all, 0, Optional.of(new AccessToken(Served.TOKEN))).token())
        .isPresent();
    Path file = Files.writeString(home.resolve("token"), Served.TOKEN + "\n");
    Optional<AccessToken> read = AccessToken.of(Map.of(AccessToken.FILE_VARIABLE, file.toString()));
    assertThat(read).hasValueSatisfying(token -> assertThat(token.matches(Served.TOKEN)).isTrue());
    assertThat(read.orElseThrow().matches(Served.TOKEN + " ")).isFalse();
    assertThat(AccessToken.of(Map.of())).isEmpty();
  }

  @Test
  void aBrowserLogsInOnceAndOut() {
    try (Served guarded =
        Served.start(Served.config(home.resolve("g")), true, () -> new Scripted(100))) {
      Served.Reply door = guarded.get("/runs", "Accept", "text/html");
      assertThat(door.status()).isEqualTo(303);
      assertThat(door.headers().firstValue("Location")).hasValue("/login");
      assertThat(guarded.get("/login").text()).contains("type=\"password\"");
      String form = "application/x-www-form-urlencoded";
      assertThat(guarded.post("/login", "token=wrong", "Content-Type", form).status())
          .isEqualTo(401);
      String address = "/login?token=" + Served.TOKEN;
      assertThat(guarded.post(address, "", "Content-Type", form).status()).isEqualTo(400);
      String tooMuch = "token=" + "a".repeat(100_000);
      assertThat(guarded.post("/login", tooMuch, "Content-Type", form).status()).isEqualTo(413);
      Served.Reply in = guarded.post("/login", "token=" + Served.TOKEN, "Content-Type", form);
      String set = in.headers().firstValue("Set-Cookie").orElse("");
      assertThat(set).contains("HttpOnly", "SameSite=Strict").doesNotContain(Served.TOKEN);
      String cookie = set.replaceFirst(";.*", "");
      assertThat(guarded.get("/runs", "Cookie", cookie).status()).isEqualTo(200);
      assertThat(guarded.send("POST", "/logout", null, "Cookie", cookie).status()).isEqualTo(303);
      assertThat(guarded.get("/runs", "Cookie", cookie).status()).isEqualTo(401);
    }
  }

  @Test
  void anAddressThatIsNotEncodedIsTheAskersMistake() {
    String request = "GET /lineage?of=%ZZ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assertThat(served.raw(request)).isEqualTo(400);
  }

  @Test
  void aTakenPortIsNamed() {
    int port = served.server.port();
    assertThatThrownBy(
            () ->
                PipelineServer.start(
                    Served.config(home.resolve("second")),
                    new ServeOptions(InetAddress.getLoopbackAddress(), port, Optional.empty())))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("port " + port);
  }

  private static List<String> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(".jsonl"))
          .map(
              file -> {
                try {
                  return Files.readString(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

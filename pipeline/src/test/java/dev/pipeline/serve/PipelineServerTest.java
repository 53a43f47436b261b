package dev.pipeline.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.JsonLines;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import dev.pipeline.jobs.RetrainedMonth;
import dev.pipeline.serve.guard.AccessToken;
import dev.pipeline.talk.Scripted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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

/** The service over folders as jobs leave them, and over none. */
class PipelineServerTest {
  private static final String RUN = "00000000000000aa";
  private static final String VERSION = "ab".repeat(32);

  private static final String TRAINED =
      """
      {"id": "row-1/1", "family": "f", "instruction": "Prices <b>rise</b>.", "context": "", \
      "ideal_answer": "By how much?", "source": {"file": "a.jsonl", "line": 3, \
      "conversation": "row-1", "turn": 1, "raw": "%s"}}\
      """
          .formatted("9a".repeat(32));

  @TempDir static Path home;
  private static Served served;
  private static Served empty;

  @BeforeAll
  static void start() throws IOException {
    Path run = home.resolve("artifacts/m/runs/" + RUN);
    Files.createDirectories(run);
    Files.writeString(
        run.resolve("run.json"),
        Json.pretty(
            Map.of(
                "code",
                "c0de",
                "settings SftConfig",
                "{\"num_epochs\":2,\"learning_rate\":0.001}",
                "output curate dataset",
                "d1")));
    Files.writeString(
        run.resolve("metrics.jsonl"),
        """
        {"epoch":0.5,"loss":2.0,"step":1,"tokens":100,"tokens_per_second":50.0}
        {"epoch":1.0,"loss":1.0,"step":2,"tokens":200,"tokens_per_second":50.0}
        {"eval_loss":1.5,"step":2}
        {"epoch":1.5,"lo""");
    Files.writeString(
        run.resolve("manifest.json"),
        """
        {"job": "sft", "key": "%s", "summary": "4 <b>steps</b>", "outputs":
          {"adapter": {"path": "artifacts/m/sft", "sha256": "%s"}}}
        """
            .formatted("00000000000000aa" + "0".repeat(48), "ef".repeat(32)));
    Path dataset = home.resolve("datasets/curated/negotiation/" + VERSION);
    Files.createDirectories(dataset);
    Files.writeString(dataset.resolve("CARD.md"), "# A card\n<script>alert(1)</script>\n");
    Files.writeString(
        dataset.resolve("manifest.json"),
        "{\"counts\": {\"train\": 3}, \"rejected\": {\"greeting\": 30, \"length\": 1}, \"rules\":"
            + " [\"lint-1\"]}");
    Files.writeString(dataset.resolveSibling("latest"), VERSION + "\n");
    Files.writeString(dataset.resolve("train.jsonl"), TRAINED + "\n");
    JsonLines.write(
        dataset.resolve("rejected.jsonl"),
        Stream.concat(
                Stream.generate(() -> rejected("greeting", "it greets")).limit(30),
                Stream.of(rejected("length", "<img src=x onerror=alert(1)>")))
            .toList());
    served = Served.start(Served.config(home), false, () -> new Scripted(100));
    empty = Served.start(Served.config(home.resolve("empty")), false, () -> new Scripted(100));
  }

  private static Map<String, Object> rejected(String reason, String detail) {
    return Map.of(
        "reason", reason, "detail", detail, "source", Map.of("file", "a.jsonl", "line", 7));
  }

  @AfterAll
  static void stop() {
    served.close();
    empty.close();
  }

  @Test
  void tellsRunsThatTheStoreForgot() {
    JsonNode runs = json(served, "/api/runs");
    assertThat(runs).hasSize(1);
    assertThat(runs.at("/0/job").asString()).isEqualTo("sft");
    assertThat(runs.at("/0/state").asString()).isEqualTo("done");
    JsonNode run = json(served, "/api/runs/" + RUN);
    assertThat(run.at("/ingredients/code").asString()).isEqualTo("c0de");
    assertThat(run.at("/outputs/adapter/sha256").asString()).isEqualTo("ef".repeat(32));
  }

  @Test
  void runsAreFoundByTheirJob() {
    assertThat(html("/runs?job=sft")).contains("/runs/" + RUN);
    assertThat(html("/runs?job=dpo")).doesNotContain("/runs/" + RUN);
    assertThat(html("/runs?job=%22%3E%3Cscript%3E")).doesNotContain("\"><script>");
  }

  @Test
  void readsCurvesWhoseLastLineIsBeingWritten() {
    JsonNode curves = json(served, "/api/runs/" + RUN + "/metrics");
    assertThat(curves.get("loss")).hasSize(2);
    assertThat(curves.at("/eval_loss/0/y").asDouble()).isEqualTo(1.5);
  }

  @Test
  void escapesWhatRunsAndRowsSay() {
    assertThat(html("/runs")).contains("4 &lt;b&gt;steps").doesNotContain("<b>steps");
    String page = "/datasets/curated/negotiation/" + VERSION;
    assertThat(html(page)).contains("&lt;script&gt;alert(1)").doesNotContain("<script>alert");
    assertThat(html(page + "?reason=length")).doesNotContain("<img").contains("1 of 1");
    assertThat(html(page + "?reason=%22%3E%3Cscript%3E")).doesNotContain("\"><script>");
    assertThat(html("/plans?q=%22%3E%3Cscript%3E")).doesNotContain("\"><script>");
  }

  @Test
  void pagesRejectedRows() {
    String rows = "/api/datasets/curated/negotiation/" + VERSION + "/rejected";
    JsonNode second = json(served, rows + "?reason=greeting&page=2");
    assertThat(second.get("total").asInt()).isEqualTo(30);
    assertThat(second.get("pages").asInt()).isEqualTo(2);
    assertThat(second.get("rows")).hasSize(5);
    assertThat(json(served, rows + "?page=99").get("rows")).isEmpty();
    assertThat(html("/datasets/curated/negotiation/" + VERSION)).contains("page 1 of 2");
  }

  @Test
  void aRowLeadsToItsDatasetAndBackToItsLine() {
    String dataset = "curated/negotiation/" + VERSION;
    JsonNode row = json(served, "/api/datasets/" + dataset + "/rows").at("/rows/0");
    assertThat(row.get("sha256").asString()).isEqualTo(Hashes.sha256(TRAINED));
    assertThat(row.get("question").asString()).isEqualTo("Prices <b>rise</b>.");
    JsonNode walk = json(served, "/api/lineage?of=row:" + Hashes.sha256(TRAINED));
    assertThat(walk.at("/nodes").valueStream().map(node -> node.get("id").asString()))
        .contains("raw-row:" + "9a".repeat(32), "dataset:" + VERSION);
    assertThat(walk.get("verified").asInt()).isZero();
    assertThat(json(served, "/api/lineage?of=" + "9a".repeat(32)).get("subject").asString())
        .isEqualTo("raw-row:" + "9a".repeat(32));
    String page = html("/lineage?of=row:" + Hashes.sha256(TRAINED));
    assertThat(page)
        .contains("/datasets/" + dataset + "?part=train&amp;rows=1#row-1", "9a".repeat(32));
    assertThat(html("/datasets/" + dataset))
        .contains("/lineage?of=row%3A" + Hashes.sha256(TRAINED), "Prices &lt;b&gt;rise");
    assertThat(served.get("/api/datasets/" + dataset + "/rows?part=secret").status())
        .isEqualTo(404);
  }

  @Test
  void filesOnTheWayAreLookedAtOnRequest() {
    JsonNode walk = json(served, "/api/lineage?verify=true&of=run:" + RUN);
    assertThat(walk.get("verified").asInt()).isPositive();
    assertThat(walk.at("/damaged").valueStream().map(one -> one.get("path").asString()))
        .as("its seal is missing")
        .anyMatch(path -> path.endsWith(RUN + "/manifest.json"));
    assertThat(html("/lineage?verify=true&of=run:" + RUN)).contains("are not what they were");
    assertThat(html("/lineage?of=run:" + RUN)).contains("Look at every file");
  }

  @Test
  void aRetrainingTellsHowItsMonthEndedAndOnlyFinishedRunsHaveALineage() {
    PipelineConfig config = Served.config(home.resolve("month"));
    RetrainedMonth.leave(config, "2026-10", "on a <b>whim", 7);
    try (Served retrained = Served.start(config, false, () -> new Scripted(100))) {
      Served.Reply month = retrained.get("/runs/2026-10", "Accept", "text/html");
      assertThat(month.status()).as(month.text()).isEqualTo(200);
      assertThat(month.text())
          .contains("released", "href=\"/releases/7\"", "12, 5 of them new", "on a &lt;b&gt;whim")
          .doesNotContain("/lineage?of=");
    }
    assertThat(html("/runs/" + RUN))
        .contains("/lineage?of=run%3A" + RUN)
        .doesNotContain("What came of ");
  }

  @Test
  void noNameIsTakenForAPath() throws IOException {
    Path there = Files.writeString(home.resolve("there.jsonl"), "{}\n");
    for (String name :
        List.of(there.toString(), there + ":1", "..", "/etc/passwd", "x".repeat(999))) {
      String asked = "of=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
      Served.Reply told = served.get("/api/lineage?" + asked);
      assertThat(told.status()).as(name).isEqualTo(404);
      assertThat(told.text()).as(name).contains("nothing known is called");
      assertThat(served.get("/lineage?" + asked, "Accept", "text/html").status())
          .as(name)
          .isIn(400, 404);
    }
    assertThat(html("/lineage")).contains("dataset%3A" + VERSION);
  }

  @Test
  void namesNeverLeaveTheirFolders() {
    for (String path :
        List.of(
            "/api/runs/manifest.json",
            "/api/runs/....",
            "/runs/0000000000000000/report",
            "/api/datasets/raw/negotiation/" + VERSION,
            "/api/datasets/curated/..x/" + VERSION,
            "/api/datasets/curated/negotiation/" + "cd".repeat(32),
            "/reviews/abc/",
            "/assets/chat.sql")) {
      assertThat(served.get(path).status()).as(path).isEqualTo(404);
    }
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
      assertThat(json(empty, list)).as(list).isEmpty();
    }
    assertThat(empty.get("/api/drift/latest").status()).isEqualTo(404);
    assertThat(json(empty, "/api/releases").get("serving").isNull()).isTrue();
  }

  @Test
  void browsersMayDoNoMoreThanPagesNeed() {
    for (String path : List.of("/runs", "/api/runs", "/nothing", "/health")) {
      String policy = served.get(path).headers().firstValue("Content-Security-Policy").orElse("");
      assertThat(policy).as(path).contains("default-src 'none'", "script-src 'self'");
      assertThat(policy).as(path).doesNotContain("unsafe", "http", "*");
    }
    assertThat(html("/runs"))
        .doesNotContain("style=", "onclick", "<script>", "http://", "https://");
  }

  @Test
  void describesItselfAsItIs() {
    JsonNode paths = json(served, "/openapi.json").get("paths");
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
    assertThat(json(served, "/openapi.json").at("/components/securitySchemes/token").isObject())
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
    assertThat(json(served, "/health").get("status").asString()).isEqualTo("UP");
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

  private static String html(String path) {
    Served.Reply reply = served.get(path, "Accept", "text/html");
    assertThat(reply.status()).as(path).isEqualTo(200);
    return reply.text();
  }

  private static JsonNode json(Served from, String path) {
    Served.Reply reply = from.get(path);
    assertThat(reply.status()).as("%s: %s", path, reply.text()).isEqualTo(200);
    return Json.mapper().readTree(reply.text());
  }
}

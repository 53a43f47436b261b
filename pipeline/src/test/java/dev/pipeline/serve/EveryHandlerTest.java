package dev.pipeline.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.talk.Scripted;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Every handler that there is, found by asking Spring and not by listing them, so that a new one
 * cannot be forgotten: none answers a foreign origin, a foreign name or a missing token.
 */
class EveryHandlerTest {
  /** The way in. It shows a form and its looks, and takes a token; it tells nothing. */
  private static final Set<String> PORCH =
      Set.of("GET /login", "POST /login", "GET /assets/report.css", "GET /assets/{name}");

  @TempDir static Path home;
  private static Served open;
  private static Served guarded;

  @BeforeAll
  static void start() {
    open = Served.start(Served.config(home.resolve("open")), false, () -> new Scripted(100));
    guarded = Served.start(Served.config(home.resolve("guarded")), true, () -> new Scripted(100));
  }

  @AfterAll
  static void stop() {
    open.close();
    guarded.close();
  }

  private record Handled(String method, String pattern) {
    String path() {
      return pattern.replace("/assets/{name}", "/assets/serve.css").replaceAll("\\{[^/]*}", "a");
    }

    @Override
    public String toString() {
      return method + " " + pattern;
    }
  }

  private static List<Handled> handlers(Served served) {
    Set<Handled> all = new LinkedHashSet<>();
    for (HandlerMapping mapping :
        served.server.context().getBeansOfType(HandlerMapping.class).values()) {
      if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
        for (RequestMappingInfo info : methods.getHandlerMethods().keySet()) {
          Set<RequestMethod> verbs = info.getMethodsCondition().getMethods();
          for (String pattern : info.getPatternValues()) {
            (verbs.isEmpty() ? Set.of(RequestMethod.GET) : verbs)
                .forEach(verb -> all.add(new Handled(verb.name(), pattern)));
          }
        }
      } else if (mapping instanceof AbstractUrlHandlerMapping urls) {
        urls.getHandlerMap().keySet().forEach(path -> all.add(new Handled("GET", path)));
      }
    }
    return List.copyOf(all);
  }

  @Test
  void thereAreHandlersOfAllKindsAmongThem() {
    assertThat(handlers(guarded).stream().map(Handled::toString))
        .contains(
            "GET /api/runs",
            "POST /chat/query",
            "DELETE /chat/history",
            "POST /feedback",
            "GET /health",
            "GET /metrics",
            "GET /openapi.json",
            "GET /runs/{name}",
            "PUT /reviews/{name}/api/approval",
            "GET /error")
        .hasSizeGreaterThan(40);
  }

  @Test
  void aForeignOriginIsRefusedByEach() {
    for (Handled handler : handlers(open)) {
      for (String origin : List.of("http://evil.example", "null", "http://localhost:1")) {
        assertThat(open.send(handler.method(), handler.path(), null, "Origin", origin).status())
            .as("%s from %s", handler, origin)
            .isEqualTo(403);
      }
      assertThat(
              open.send(handler.method(), handler.path(), null, "Sec-Fetch-Site", "cross-site")
                  .status())
          .as("%s", handler)
          .isEqualTo(403);
    }
  }

  @Test
  void aForeignNameIsRefusedByEach() {
    for (Handled handler : handlers(open)) {
      for (String host : List.of("evil.example", "127.0.0.1.evil.example:80", "10.0.0.1", "")) {
        assertThat(
                open.raw(
                    "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                        .formatted(handler.method(), handler.path(), host)))
            .as("%s as %s", handler, host)
            .isIn(400, 403);
      }
    }
  }

  @Test
  void aMissingOrFalseTokenIsRefusedByEachButTheWayIn() {
    Set<String> answered =
        handlers(guarded).stream()
            .filter(
                handler ->
                    guarded.send(handler.method(), handler.path(), null).status() != 401
                        || guarded
                                .send(
                                    handler.method(),
                                    handler.path(),
                                    null,
                                    "Authorization",
                                    "Bearer " + Served.TOKEN.replace('f', 'e'))
                                .status()
                            != 401
                        || guarded
                                .send(
                                    handler.method(),
                                    handler.path(),
                                    null,
                                    "Cookie",
                                    "pipeline_login=" + "0".repeat(64))
                                .status()
                            != 401)
            .map(Handled::toString)
            .collect(Collectors.toSet());
    assertThat(answered).isEqualTo(PORCH);
  }

  @Test
  void theTokenOpensEach() {
    for (Handled handler : handlers(guarded)) {
      assertThat(
              guarded
                  .send(
                      handler.method(),
                      handler.path().replace("/live", "/lively"),
                      null,
                      "Authorization",
                      "Bearer " + Served.TOKEN)
                  .status())
          .as("%s", handler)
          .isNotIn(401, 403);
    }
  }

  @Test
  void crookedAddressesLeadNowhere() {
    for (String path :
        List.of(
            "/assets/..;/api/runs",
            "/assets/../api/runs",
            "/assets/%2e%2e/api/runs",
            "/assets//serve.css",
            "/login;/../api/runs",
            "/assets/serve.css;x",
            "/runs/..%2f..%2fetc",
            "/login%00",
            "/assets/..\\api")) {
      assertThat(
              guarded.raw(
                  "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                      .formatted(path)))
          .as(path)
          .isEqualTo(400);
    }
  }

  @Test
  void whatIsTooLongIsRefused() {
    String tooLong = "{\"query\": \"" + "a".repeat(200_000) + "\"}";
    assertThat(open.post("/chat/query", tooLong).status()).isEqualTo(413);
    assertThat(
            open.raw(
                "GET /api/runs HTTP/1.1\r\nHost: localhost\r\nX: %s\r\n\r\n"
                    .formatted("a".repeat(10_000))))
        .isEqualTo(400);
    String chunk = "10000\r\n" + "a".repeat(0x10000) + "\r\n";
    assertThat(
            open.raw(
                "POST /chat/query HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + chunk.repeat(4)
                    + "0\r\n\r\n"))
        .isIn(400, 413);
  }

  @Test
  void whatHasAnotherShapeIsTheAskersFault() {
    for (String body : List.of("", "[]", "nonsense", "{\"query\": {}}", "{\"unknown\": 1}")) {
      assertThat(open.post("/chat/query", body).status()).as(body).isEqualTo(400);
    }
    assertThat(open.get("/api/runs?limit=many").status()).isEqualTo(400);
    assertThat(open.get("/api/releases/one").status()).isEqualTo(400);
    assertThat(open.get("/chat/history").status()).isEqualTo(400);
    assertThat(open.send("PATCH", "/api/runs", null).status()).isEqualTo(405);
  }

  @Test
  void noAnswerTellsATokenOrAStackTrace() {
    for (Handled handler : handlers(guarded)) {
      if (!handler.pattern().endsWith("/live")) {
        String text =
            guarded
                .send(
                    handler.method(),
                    handler.path(),
                    null,
                    "Authorization",
                    "Bearer " + Served.TOKEN,
                    "Accept",
                    "text/html,*/*")
                .text();
        assertThat(text)
            .as("%s", handler)
            .doesNotContain(
                Served.TOKEN, "at dev.pipeline", "at org.springframework", "Exception:");
      }
    }
  }
}

package dev.pipeline.talk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A server that talks as Ollama's documentation says (docs/api.md: chat, show, ps), and refuses
 * what that does not allow. It has one model, {@code joshi:latest}, which answers a question by its
 * words, a word a piece.
 */
final class FakeOllamaChat implements AutoCloseable {
  static final String MODEL = "joshi:latest";

  private static final Set<String> FIELDS =
      Set.of("model", "messages", "stream", "options", "format", "keep_alive", "tools", "think");
  private static final Set<String> ROLES = Set.of("system", "user", "assistant", "tool");
  private static final Set<String> OPTIONS =
      Set.of(
          "num_ctx",
          "num_gpu",
          "num_batch",
          "num_predict",
          "temperature",
          "top_p",
          "top_k",
          "seed",
          "stop",
          "num_thread",
          "repeat_penalty");

  /** How an answer goes wrong, if it does. */
  enum Trouble {
    NONE,
    BREAKS_OFF,
    ENDS_WITHOUT_DONE,
    SAYS_ERROR,
    NO_JSON,
    WAITS
  }

  final List<JsonNode> asked = new CopyOnWriteArrayList<>();
  final CountDownLatch firstPieces = new CountDownLatch(1);
  final CountDownLatch hungUp = new CountDownLatch(1);
  volatile Trouble trouble = Trouble.NONE;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  FakeOllamaChat() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange));
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    try (exchange) {
      switch (call) {
        case "POST /api/chat" -> chat(exchange);
        case "POST /api/show" -> {
          if (known(exchange, read(exchange))) {
            send(exchange, 200, Map.of("details", Map.of("quantization_level", "Q4_K_M")));
          }
        }
        case "GET /api/ps" ->
            send(
                exchange,
                200,
                Map.of("models", List.of(Map.of("name", MODEL, "size", 900, "size_vram", 300))));
        default -> send(exchange, 404, Map.of("error", "404 page not found"));
      }
    } catch (IllegalArgumentException | JacksonException refused) {
      send(exchange, 400, Map.of("error", String.valueOf(refused.getMessage())));
    }
  }

  private void chat(HttpExchange exchange) throws IOException {
    JsonNode body = read(exchange);
    check(body);
    if (!known(exchange, body)) {
      return;
    }
    if (body.path("messages").isEmpty()) {
      send(exchange, 200, done("load", 0, 0));
      return;
    }
    asked.add(body);
    exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      stream(out, body);
    } catch (IOException clientIsGone) {
      hungUp.countDown();
    }
  }

  private void stream(OutputStream out, JsonNode body) throws IOException {
    JsonNode messages = body.path("messages");
    String question = messages.get(messages.size() - 1).path("content").asString();
    int most = body.path("options").path("num_predict").asInt(Integer.MAX_VALUE);
    List<String> pieces = new ArrayList<>(List.of(question.split("(?= )", -1)));
    boolean cut = pieces.size() > most;
    for (String piece : pieces.subList(0, Math.min(most, pieces.size()))) {
      line(out, piece(piece));
      firstPieces.countDown();
      if (spoil(out)) {
        return;
      }
    }
    line(out, done(cut ? "length" : "stop", 7, Math.min(most, pieces.size())));
  }

  /** After the first piece. */
  private boolean spoil(OutputStream out) throws IOException {
    switch (trouble) {
      case NONE -> {
        return false;
      }
      case BREAKS_OFF -> throw new IllegalStateException("the connection breaks");
      case ENDS_WITHOUT_DONE -> {
        return true;
      }
      case SAYS_ERROR -> line(out, Map.of("error", "an error was encountered: out of memory"));
      case NO_JSON -> out.write("<html>proxy</html>\n".getBytes(StandardCharsets.UTF_8));
      case WAITS -> waitForHangUp(out);
    }
    return true;
  }

  /** As a model that writes on and on, until nobody listens. */
  private void waitForHangUp(OutputStream out) throws IOException {
    while (closed.getCount() > 0) {
      line(out, piece("on "));
    }
  }

  private static void check(JsonNode body) {
    body.propertyNames().forEach(name -> require(FIELDS.contains(name), "unknown field " + name));
    require(body.path("model").isString(), "model is required");
    require(body.path("stream").isBoolean(), "stream must be a bool");
    for (JsonNode message : body.path("messages")) {
      require(ROLES.contains(message.path("role").asString("")), "invalid role");
      require(message.path("content").isString(), "content must be a string");
    }
    JsonNode options = body.path("options");
    options
        .propertyNames()
        .forEach(name -> require(OPTIONS.contains(name), "invalid option " + name));
    require(!options.has("seed") || options.path("seed").isIntegralNumber(), "seed must be int");
    require(!options.has("stop") || options.path("stop").isArray(), "stop must be a list");
  }

  private static void require(boolean holds, String error) {
    if (!holds) {
      throw new IllegalArgumentException(error);
    }
  }

  private static boolean known(HttpExchange exchange, JsonNode body) throws IOException {
    String model = body.path("model").asString("");
    boolean known = (model.contains(":") ? model : model + ":latest").equals(MODEL);
    if (!known) {
      send(
          exchange,
          404,
          Map.of("error", "model \"" + model + "\" not found, try pulling it first"));
    }
    return known;
  }

  private static Map<String, Object> piece(String text) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("model", MODEL);
    line.put("created_at", "2026-01-01T00:00:00Z");
    line.put("message", Map.of("role", "assistant", "content", text));
    line.put("done", false);
    return line;
  }

  private static Map<String, Object> done(String reason, int read, int written) {
    Map<String, Object> line = piece("");
    line.put("done", true);
    line.put("done_reason", reason);
    line.put("prompt_eval_count", read);
    line.put("prompt_eval_duration", 500_000_000);
    line.put("eval_count", written);
    line.put("eval_duration", 250_000_000);
    return line;
  }

  private static void line(OutputStream out, Object line) throws IOException {
    out.write((Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static JsonNode read(HttpExchange exchange) throws IOException {
    return Json.mapper().readTree(exchange.getRequestBody().readAllBytes());
  }

  private static void send(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] bytes = Json.line(body).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}

package dev.pipeline.track.wandb;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A server that keeps the contract of the published client of Weights &amp; Biases and refuses
 * everything else: other fields, a history with holes, repeats or steps that go back, files that
 * nobody announced, a key where none belongs. It is not Weights &amp; Biases: it holds lines.
 */
public final class FakeWeightsAndBiases implements AutoCloseable {
  /** The only key that it knows. */
  public static final String KEY = "5e7a0c1d9b3f48260a1b2c3d4e5f60718293a4b5";

  /** What goes wrong with a request. */
  public enum Trouble {
    NONE,
    /** An error instead of the work. */
    ERROR_BEFORE,
    /** An error after the work. */
    ERROR_AFTER,
    /** The connection breaks instead of the work. */
    BREAK_BEFORE,
    /** The connection breaks after the work. */
    BREAK_AFTER,
    /** No answer, and no work. */
    SILENCE_BEFORE,
    /** No answer after the work. */
    SILENCE_AFTER,
    /** Too many requests. */
    BUSY,
    /** A page of some proxy, after the work. */
    NO_JSON_AFTER
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final FakeWandbRuns runs = new FakeWandbRuns();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<String> refusals = new CopyOnWriteArrayList<>();
  private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
  private volatile Supplier<Trouble> troubles = () -> Trouble.NONE;
  private volatile String redirect = "";

  /** Starts on a free port of this machine. */
  public FakeWeightsAndBiases() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** Its address. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What names it and its key. */
  public Map<String, String> environment() {
    return Map.of("WANDB_API_KEY", KEY, "WANDB_BASE_URL", address());
  }

  /** Lets things go wrong. */
  public void trouble(Supplier<Trouble> supplier) {
    troubles = supplier;
  }

  /** Sends everybody elsewhere. */
  void redirectTo(String address) {
    redirect = address;
  }

  /** What was called, in order. */
  public List<String> calls() {
    return calls;
  }

  /** What was refused, and why. */
  public List<String> refusals() {
    return refusals;
  }

  /** Every body that arrived, in order. */
  public List<String> bodies() {
    return List.copyOf(bodies);
  }

  /** How many lines of a run's history are there. */
  public int rows(String id) {
    return runs.run(id).history.size();
  }

  /** Whether a run goes on, finished or failed. */
  public String state(String id) {
    return runs.run(id).state;
  }

  FakeWandbRuns.Run run(String id) {
    return runs.run(id);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      bodies.add(new String(body, StandardCharsets.ISO_8859_1));
      String path = exchange.getRequestURI().getPath();
      if (!redirect.isEmpty()) {
        exchange.getResponseHeaders().set("Location", redirect + path);
        exchange.sendResponseHeaders(307, -1);
        return;
      }
      Trouble trouble = troubles.get();
      switch (trouble) {
        case ERROR_BEFORE -> answer(exchange, 503, "down");
        case BUSY -> {
          exchange.getResponseHeaders().set("Retry-After", "7");
          answer(exchange, 429, "slow down");
        }
        case BREAK_BEFORE -> {
          // Closing without an answer breaks the connection.
        }
        case SILENCE_BEFORE -> silence();
        default -> work(exchange, trouble, path, body);
      }
    }
  }

  private void work(HttpExchange exchange, Trouble trouble, String path, byte[] body)
      throws IOException {
    int status = 200;
    String answer;
    try {
      answer = Json.line(route(exchange, path, body));
    } catch (FakeWandbRuns.Refusal refusal) {
      refusals.add(path + ": " + refusal.getMessage());
      status = refusal.status();
      answer = Json.line(Map.of("error", String.valueOf(refusal.getMessage())));
    }
    switch (trouble) {
      case ERROR_AFTER -> answer(exchange, 502, "gateway");
      case NO_JSON_AFTER -> answer(exchange, 200, "<html>please wait</html>");
      case BREAK_AFTER -> {
        // The work is done, and nobody hears of it.
      }
      case SILENCE_AFTER -> silence();
      default -> answer(exchange, status, answer);
    }
  }

  private Object route(HttpExchange exchange, String path, byte[] body) {
    String method = exchange.getRequestMethod();
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (path.startsWith("/storage/")) {
      require(method.equals("PUT"), 405, method);
      require(authorization == null, 400, "a signed address wants no key");
      calls.add("put");
      runs.put(path, body, exchange.getRequestHeaders().getFirst("X-Signed"));
      return Map.of();
    }
    require(method.equals("POST"), 405, method);
    String expected =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(("api:" + KEY).getBytes(StandardCharsets.US_ASCII));
    require(expected.equals(authorization), 401, "who asks?");
    String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
    require(type.startsWith("application/json"), 415, type);
    require(
        !new String(body, StandardCharsets.UTF_8).contains(KEY), 400, "the key stands in a body");
    JsonNode json = parse(body);
    if (path.equals("/graphql")) {
      return graphql(json);
    }
    String[] parts = path.split("/", -1);
    require(
        parts.length == 6 && parts[1].equals("files") && parts[5].equals("file_stream"),
        404,
        "no such address");
    calls.add("stream " + new ArrayList<>(json.propertyNames()));
    return runs.stream(parts[2], parts[3], parts[4], json);
  }

  private Object graphql(JsonNode body) {
    require(List.of("query", "variables").containsAll(body.propertyNames()), 400, "unknown fields");
    String query = body.path("query").asString("");
    JsonNode variables = body.path("variables");
    for (String name : variables.propertyNames()) {
      require(query.contains("$" + name + ":"), 400, "variable " + name + " is not declared");
    }
    if (query.startsWith("mutation UpsertBucket(")) {
      calls.add("upsert");
      return Map.of("data", runs.upsert(variables));
    }
    if (query.startsWith("mutation CreateRunFiles(")) {
      calls.add("files");
      return Map.of("data", runs.createFiles(variables, address()));
    }
    if (query.startsWith("query Run(")) {
      return Map.of("data", runs.query(variables));
    }
    throw new FakeWandbRuns.Refusal(400, "no such operation");
  }

  private void silence() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void require(boolean held, int status, String why) {
    if (!held) {
      throw new FakeWandbRuns.Refusal(status, why);
    }
  }

  static JsonNode parse(byte[] body) {
    try {
      return Json.mapper().readTree(body);
    } catch (JacksonException e) {
      throw new FakeWandbRuns.Refusal(400, "no JSON");
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}

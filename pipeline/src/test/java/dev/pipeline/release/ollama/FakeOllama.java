package dev.pipeline.release.ollama;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * A server that keeps Ollama's published contract and refuses everything else. It is not Ollama: it
 * holds names and bytes, and runs no model.
 */
public final class FakeOllama implements AutoCloseable {
  private static final Set<String> CREATE_KEYS =
      Set.of("model", "files", "template", "parameters", "license", "stream");

  /** How the server ends a creation, other than well. */
  public enum Misbehaviour {
    NONE,
    ERROR_IN_STREAM,
    STREAM_ENDS_EARLY,
    OTHER_TEMPLATE
  }

  private final HttpServer server;
  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<String, JsonNode> models = new ConcurrentHashMap<>();
  private final AtomicInteger uploads = new AtomicInteger();
  private final Misbehaviour misbehaviour;

  /** Starts on a free port of this machine. */
  public FakeOllama(Misbehaviour misbehaviour) throws IOException {
    this.misbehaviour = misbehaviour;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Its address. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** How often a blob was sent. */
  public int uploads() {
    return uploads.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      String call = exchange.getRequestMethod() + " " + path;
      if (path.startsWith("/api/blobs/")) {
        blob(exchange, path.substring("/api/blobs/".length()), body);
        return;
      }
      switch (call) {
        case "GET /api/version" -> answer(exchange, 200, Map.of("version", "0.0.0-fake"));
        case "GET /api/tags" -> answer(exchange, 200, Map.of("models", tags()));
        case "POST /api/show" -> show(exchange, Json.mapper().readTree(body));
        case "POST /api/create" -> create(exchange, Json.mapper().readTree(body));
        default -> answer(exchange, 404, Map.of("error", "404 page not found"));
      }
    }
  }

  private void blob(HttpExchange exchange, String digest, byte[] body) throws IOException {
    if (!digest.matches("sha256:[0-9a-f]{64}")) {
      answer(exchange, 400, Map.of("error", "invalid digest format"));
    } else if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(blobs.containsKey(digest) ? 200 : 404, -1);
    } else if (blobs.containsKey(digest)) {
      exchange.sendResponseHeaders(200, -1);
    } else if (!digest.equals("sha256:" + Hashes.hex(Hashes.sha256().digest(body)))) {
      answer(exchange, 400, Map.of("error", "digest mismatch, expected \"" + digest + "\""));
    } else {
      uploads.incrementAndGet();
      blobs.put(digest, body);
      exchange.sendResponseHeaders(201, -1);
    }
  }

  private void create(HttpExchange exchange, JsonNode request) throws IOException {
    Set<String> unknown = new TreeSet<>(request.propertyNames());
    unknown.removeAll(CREATE_KEYS);
    if (!unknown.isEmpty() || request.path("model").asString("").isEmpty()) {
      answer(exchange, 400, Map.of("error", "invalid request " + unknown));
      return;
    }
    for (JsonNode digest : request.path("files").values()) {
      byte[] blob = blobs.get(digest.asString(""));
      if (blob == null) {
        answer(exchange, 400, Map.of("error", "open blob: no such file or directory"));
        return;
      }
      if (!new String(blob, 0, 4, StandardCharsets.US_ASCII).equals("GGUF")) {
        answer(exchange, 400, Map.of("error", "invalid file magic"));
        return;
      }
    }
    stream(exchange, request);
  }

  private void stream(HttpExchange exchange, JsonNode request) throws IOException {
    List<Map<String, String>> lines = new ArrayList<>();
    lines.add(Map.of("status", "parsing GGUF"));
    lines.add(Map.of("status", "creating new layer sha256:0123"));
    if (misbehaviour == Misbehaviour.ERROR_IN_STREAM) {
      lines.add(Map.of("error", "write manifest: no space left on device"));
    } else if (misbehaviour != Misbehaviour.STREAM_ENDS_EARLY) {
      lines.add(Map.of("status", "writing manifest"));
      lines.add(Map.of("status", "success"));
      models.put(withTag(request.path("model").asString("")), request);
    }
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(Json.line(line)).append('\n'));
    send(exchange, 200, "application/x-ndjson", text.toString());
  }

  private void show(HttpExchange exchange, JsonNode request) throws IOException {
    String name = request.path("model").asString("");
    JsonNode model = models.get(withTag(name));
    if (model == null) {
      answer(exchange, 404, Map.of("error", "model '" + name + "' not found"));
      return;
    }
    boolean other = misbehaviour == Misbehaviour.OTHER_TEMPLATE;
    String template = other ? "{{ .Prompt }}" : model.path("template").asString("");
    Map<String, String> answer = new TreeMap<>();
    answer.put("template", template);
    StringBuilder parameters = new StringBuilder();
    model
        .path("parameters")
        .properties()
        .forEach(entry -> parameters.append(entry.getKey()).append(' ').append(entry.getValue()));
    answer.put("parameters", parameters.toString());
    answer(exchange, 200, answer);
  }

  private List<Map<String, String>> tags() {
    return models.keySet().stream().sorted().map(name -> Map.of("name", name)).toList();
  }

  private static String withTag(String name) {
    return name.contains(":") ? name : name + ":latest";
  }

  private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
    send(exchange, status, "application/json", Json.line(body));
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}

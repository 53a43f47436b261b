package dev.pipeline.embed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The published contracts of OpenAI's {@code /v1/embeddings} and Ollama's {@code /api/embed}, and
 * refusals of everything else, unknown fields included. It is neither: its vectors count letters.
 */
final class FakeEmbeddingServer implements AutoCloseable {
  static final String MODEL = "letters";
  static final int SIZE = 26;

  private final HttpServer server;
  private final String key;
  private final Deque<Integer> troubles = new ArrayDeque<>();
  private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());

  /** Wants {@code key} as a bearer token; empty wants none and refuses any. */
  FakeEmbeddingServer(String key) throws IOException {
    this.key = key;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The next request is answered with this status. */
  void trouble(int status) {
    troubles.add(status);
  }

  /** Sizes of the batches that were answered. */
  List<Integer> batches() {
    return List.copyOf(batches);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Integer trouble = troubles.poll();
      Map<String, Object> answer = trouble == null ? answer(exchange, body) : Map.of();
      int status = trouble == null ? answer.isEmpty() ? 400 : 200 : trouble;
      if (status == 302) {
        exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
      }
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      byte[] text = Json.line(answer).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, text.length);
      exchange.getResponseBody().write(text);
    }
  }

  /** Empty where the contract is broken. */
  private Map<String, Object> answer(HttpExchange exchange, byte[] body) {
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    boolean trusted = key.isEmpty() ? given == null : ("Bearer " + key).equals(given);
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    JsonNode request = Json.mapper().readTree(body);
    boolean inOrder =
        exchange.getRequestMethod().equals("POST")
            && trusted
            && type != null
            && type.startsWith("application/json")
            && Set.copyOf(request.propertyNames()).equals(Set.of("model", "input"))
            && request.path("model").asString("").equals(MODEL)
            && request.path("input").isArray()
            && request.path("input").size() > 0;
    if (!inOrder) {
      return Map.of();
    }
    List<float[]> vectors = new ArrayList<>();
    for (JsonNode text : request.path("input")) {
      if (!text.isString() || text.asString().isEmpty()) {
        return Map.of();
      }
      vectors.add(letters(text.asString()));
    }
    batches.add(vectors.size());
    return switch (exchange.getRequestURI().getPath()) {
      case "/v1/embeddings" -> openAi(vectors);
      case "/api/embed" -> Map.of("model", MODEL, "embeddings", vectors, "total_duration", 1);
      default -> Map.of();
    };
  }

  /** Backwards: the contract promises an index, not an order. */
  private static Map<String, Object> openAi(List<float[]> vectors) {
    List<Map<String, Object>> data = new ArrayList<>();
    for (int i = vectors.size() - 1; i >= 0; i--) {
      data.add(Map.of("object", "embedding", "index", i, "embedding", vectors.get(i)));
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("object", "list");
    answer.put("data", data);
    answer.put("model", MODEL);
    answer.put("usage", Map.of("prompt_tokens", 1, "total_tokens", 1));
    return answer;
  }

  static float[] letters(String text) {
    float[] counts = new float[SIZE];
    text.toLowerCase(java.util.Locale.ROOT)
        .chars()
        .filter(letter -> letter >= 'a' && letter <= 'z')
        .forEach(letter -> counts[letter - 'a']++);
    return counts;
  }
}

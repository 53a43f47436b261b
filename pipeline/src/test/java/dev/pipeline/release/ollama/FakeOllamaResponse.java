package dev.pipeline.release.ollama;

import com.sun.net.httpserver.HttpExchange;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Responses as Ollama sends them: an object, a stream of objects by the line, or a status alone.
 */
final class FakeOllamaResponse {
  private FakeOllamaResponse() {}

  static void json(HttpExchange exchange, int status, Object body) throws IOException {
    send(exchange, status, "application/json", Json.line(body));
  }

  static void stream(HttpExchange exchange, List<? extends Map<String, ?>> lines)
      throws IOException {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(Json.line(line)).append('\n'));
    send(exchange, 200, "application/x-ndjson", text.toString());
  }

  static void empty(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}

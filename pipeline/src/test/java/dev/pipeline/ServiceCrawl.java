package dev.pipeline;

import dev.pipeline.io.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Every page that pages lead to, all that may be asked without a parameter, and every MCP tool. */
final class ServiceCrawl {
  private static final Pattern LINK = Pattern.compile("(?:href|src|hx-get|data-live)=\"(/[^\"#]*)");
  private static final int MOST = 150;

  private final HttpClient client = HttpClient.newHttpClient();
  private final String address;
  private final String token;
  private final Map<String, String> answers = new LinkedHashMap<>();

  private ServiceCrawl(String address, String token) {
    this.address = address.replaceFirst("/$", "");
    this.token = token;
  }

  static ServiceCrawl of(String address, String token) throws IOException {
    ServiceCrawl crawl = new ServiceCrawl(address, token);
    crawl.pages();
    crawl.tools();
    return crawl;
  }

  /** What was asked, and headers and body of the answer. */
  Map<String, String> answers() {
    return answers;
  }

  private void pages() throws IOException {
    Deque<String> open = new ArrayDeque<>(List.of("/", "/login", "/openapi.json", "/metrics"));
    JsonNode paths = Json.mapper().readTree(body(get("/openapi.json"))).path("paths");
    paths.propertyNames().stream()
        .filter(path -> !path.contains("{") && paths.path(path).has("get"))
        .forEach(open::add);
    while (!open.isEmpty() && answers.size() < MOST) {
      String path = open.remove();
      // A live stream does not end.
      if (!answers.containsKey(path) && !path.matches("[^?]*/live(\\?.*)?")) {
        String answer = get(path);
        answers.put(path, answer);
        Matcher link = LINK.matcher(answer);
        while (link.find()) {
          open.add(link.group(1).replace("&amp;", "&"));
        }
      }
    }
  }

  private void tools() throws IOException {
    JsonNode tools =
        Json.mapper().readTree(body(call("tools/list", Map.of()))).path("result").path("tools");
    for (JsonNode tool : tools) {
      for (Map<String, String> arguments :
          List.<Map<String, String>>of(Map.of(), Map.of("query", "steel"), Map.of("id", "1"))) {
        String name = tool.path("name").asString();
        answers.put(
            name + arguments, call("tools/call", Map.of("name", name, "arguments", arguments)));
      }
    }
  }

  private String get(String path) throws IOException {
    return send(request(path).GET());
  }

  private String call(String method, Object parameters) throws IOException {
    String message =
        Json.line(Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", parameters));
    return send(
        request("/mcp")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(message)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .header("Authorization", "Bearer " + token);
  }

  private String send(HttpRequest.Builder request) throws IOException {
    try {
      // The timeout of a request covers no body: an answer that does not end must fail the test.
      HttpResponse<byte[]> reply =
          client
              .sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
              .get(60, TimeUnit.SECONDS);
      return reply.headers().map() + "\n\n" + new String(reply.body(), StandardCharsets.ISO_8859_1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("no answer from " + request.build().uri(), e);
    }
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\n\n") + 2);
  }
}

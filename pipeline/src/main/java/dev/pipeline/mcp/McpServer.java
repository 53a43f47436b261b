package dev.pipeline.mcp;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The Model Context Protocol's server side for tools, one JSON-RPC message at a time, whichever way
 * it came; it remembers nothing between them.
 *
 * @see <a href="https://modelcontextprotocol.io/specification">the specification</a>
 */
public final class McpServer {
  /** Revisions that are spoken, the newest first; tools are the same in all of them. */
  static final List<String> REVISIONS =
      List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

  private static final Logger LOG = LoggerFactory.getLogger(McpServer.class);
  private static final int PARSE_ERROR = -32700;
  private static final int INVALID_REQUEST = -32600;
  private static final int METHOD_NOT_FOUND = -32601;
  private static final int INVALID_PARAMS = -32602;

  private final Tools tools;
  private final String version;

  /**
   * A server of {@code tools}.
   *
   * @param version of the program
   */
  public McpServer(Tools tools, String version) {
    this.tools = tools;
    this.version = version;
  }

  /** The answer to a message, without line breaks; empty where it wants none. Never throws. */
  public Optional<String> answer(String message) {
    JsonNode request;
    try {
      request = Json.mapper().readTree(message);
    } catch (JacksonException e) {
      return Optional.of(error(null, PARSE_ERROR, "this is no JSON"));
    }
    JsonNode id = request.path("id");
    boolean valid =
        request.path("jsonrpc").asString("").equals("2.0") && request.path("method").isString();
    if (!valid || !(id.isMissingNode() || id.isString() || id.isIntegralNumber())) {
      boolean response = request.has("result") || request.has("error");
      return response
          ? Optional.empty()
          : Optional.of(error(null, INVALID_REQUEST, "this is no request of JSON-RPC 2.0"));
    }
    return id.isMissingNode() ? Optional.empty() : Optional.of(answer(id, request));
  }

  private String answer(JsonNode id, JsonNode request) {
    JsonNode params = request.path("params");
    return switch (request.path("method").asString("")) {
      case "initialize" -> result(id, initialised(params));
      case "ping" -> result(id, Map.of());
      case "tools/list" -> result(id, Map.of("tools", tools.listed()));
      case "tools/call" ->
          tools
              .named(params.path("name").asString(""))
              .map(tool -> result(id, called(tool, params.path("arguments"))))
              .orElseGet(() -> error(id, INVALID_PARAMS, "there is no such tool"));
      default -> error(id, METHOD_NOT_FOUND, "this server has tools, and no such method");
    };
  }

  private Map<String, Object> initialised(JsonNode params) {
    String wanted = params.path("protocolVersion").asString("");
    return Map.of(
        "protocolVersion",
        REVISIONS.contains(wanted) ? wanted : REVISIONS.get(0),
        "capabilities",
        Map.of("tools", Map.of("listChanged", false)),
        "serverInfo",
        Map.of("name", "pipeline", "version", version),
        "instructions",
        "Looks up what models were trained, on which data, how they were judged and what serves."
            + " Nothing here changes anything.");
  }

  /** What goes wrong in a tool is for the agent to read, not for the protocol. */
  private static Map<String, Object> called(Tool tool, JsonNode arguments) {
    try {
      requireKnown(tool, arguments);
      Map<String, ?> answer = tool.answer().apply(new Arguments(arguments));
      return Map.of(
          "content", text(Json.line(answer)), "structuredContent", answer, "isError", false);
    } catch (Failure e) {
      return Map.of("content", text(e.reason() + "; " + e.fix()), "isError", true);
    } catch (RuntimeException e) {
      LOG.error("tool {} failed", tool.name(), e);
      return Map.of("content", text("the tool failed; the server's log says why"), "isError", true);
    }
  }

  private static void requireKnown(Tool tool, JsonNode arguments) {
    for (String name : arguments.propertyNames()) {
      if (!tool.properties().containsKey(name)) {
        throw Failure.usage(
            "tool " + tool.name() + " has no such argument",
            "it takes " + tool.properties().keySet());
      }
    }
  }

  private static List<Map<String, String>> text(String text) {
    return List.of(Map.of("type", "text", "text", text));
  }

  private static String result(JsonNode id, Map<String, ?> result) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("jsonrpc", "2.0");
    answer.put("id", id);
    answer.put("result", result);
    return Json.line(answer);
  }

  private static String error(@Nullable JsonNode id, int code, String message) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("jsonrpc", "2.0");
    answer.put("id", id);
    answer.put("error", Map.of("code", code, "message", message));
    return Json.line(answer);
  }
}

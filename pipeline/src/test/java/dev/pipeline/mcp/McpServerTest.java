package dev.pipeline.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.io.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class McpServerTest {
  @TempDir Path folder;
  private McpServer server;

  @BeforeEach
  void start() throws IOException {
    server = new McpServer(new Tools(Memories.config(Memories.in(folder))), "test");
  }

  @ParameterizedTest
  @CsvSource({
    "2024-11-05, 2024-11-05",
    "2025-06-18, 2025-06-18",
    "2025-11-25, 2025-11-25",
    "1999-01-01, 2025-11-25"
  })
  void theRevisionIsTheClientsWhereItIsSpoken(String wanted, String agreed) {
    JsonNode result =
        ask("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"initialize\",\"params\":"
                + "{\"protocolVersion\":\""
                + wanted
                + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}")
            .path("result");

    assertThat(result.path("protocolVersion").asString("")).isEqualTo(agreed);
    assertThat(result.path("capabilities").has("tools")).isTrue();
    assertThat(result.path("serverInfo").path("name").asString("")).isEqualTo("pipeline");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/unknown\",\"params\":{}}",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}"
      })
  void whatWantsNoAnswerGetsNone(String message) {
    assertThat(server.answer(message)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{not json | -32700",
        "[] | -32600",
        "{} | -32600",
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"} | -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"} | -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"} | -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/list\"} | -32601",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"rm\"}} | -32602"
      })
  void whatBreaksTheProtocolIsRefusedWithItsCode(String message, int code) {
    assertThat(ask(message).path("error").path("code").asInt(0)).isEqualTo(code);
  }

  @Test
  void everyToolSaysWhatItTakesAndThatItChangesNothing() {
    JsonNode tools = ask(request("tools/list", "{}")).path("result").path("tools");

    assertThat(tools).hasSizeGreaterThan(7);
    for (JsonNode tool : tools) {
      assertThat(tool.path("name").asString("")).matches("[a-z_]+");
      assertThat(tool.path("description").asString("")).endsWith(".");
      assertThat(tool.path("inputSchema").path("type").asString("")).isEqualTo("object");
      assertThat(tool.path("annotations").path("readOnlyHint").asBoolean(false)).isTrue();
      for (JsonNode required : tool.path("inputSchema").path("required")) {
        assertThat(tool.path("inputSchema").path("properties").has(required.asString(""))).isTrue();
      }
    }
  }

  @Test
  void plansAreListedFoundAndTold() {
    assertThat(call("plans_list", "{\"limit\":1}").path("plans"))
        .hasSize(1)
        .allMatch(plan -> plan.path("id").asString("").equals(Memories.PLAN.toString()));
    assertThat(call("plans_list", "{\"model\":\"other\"}").path("plans")).isEmpty();
    JsonNode match =
        call("plans_search", "{\"query\":\"bills\"}").path("matches").path(0).path("plan");
    assertThat(match.path("plan_text").asString(""))
        .isEqualTo("Summaries of invoices.\nWith Ärger.");
    JsonNode plan = call("plans_get", "{\"id\":\"" + Memories.PLAN + "\"}").path("plan");
    assertThat(plan.path("metadata").path("deployment_status").asString("")).isEqualTo("published");
    assertThat(
            call("learnings_search", "{}").path("learnings").path(0).path("summary").asString(""))
        .isEqualTo("The tone became stiff.");
    assertThat(call("learnings_search", "{\"query\":\"formal\"}").path("matches")).hasSize(1);
  }

  @Test
  void whereNothingIsThereIsNothing() {
    assertThat(call("runs_list", "{}").path("runs")).isEmpty();
    assertThat(call("datasets_list", "{}").path("datasets")).isEmpty();
    assertThat(call("releases_list", "{}").path("releases").isMissingNode()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plans_get | {} | argument 'id' is missing",
        "plans_get | {\"id\":\"x\"} | no UUID",
        "plans_get | {\"id\":\"00000000-0000-0000-0000-000000000000\"} | no such plan",
        "plans_list | {\"limit\":0} | argument 'limit' is 0",
        "plans_list | {\"limit\":\"5\"} | no whole number",
        "plans_list | {\"path\":\"/\"} | no such argument",
        "plans_search | {\"query\":\" \"} | not empty",
        "gate_result | {\"run\":\"../../etc\"} | no name of a run",
        "gate_result | {} | no evaluated run",
        "documents_search | {\"collection\":\"../x\",\"query\":\"y\"} | no collection"
      })
  void whatAToolCannotDoIsToldToTheAgent(String tool, String arguments, String reason) {
    JsonNode result =
        ask(request("tools/call", "{\"name\":\"%s\",\"arguments\":%s}".formatted(tool, arguments)))
            .path("result");

    assertThat(result.path("isError").asBoolean(false)).isTrue();
    assertThat(result.path("content").path(0).path("text").asString("")).contains(reason);
  }

  @Test
  void overStandardStreamsEachMessageIsALine() {
    String in = request("ping", "{}") + "\n\n{bad\n" + request("plans", "{}") + "\n";
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    McpStdio.serve(
        server,
        new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(out.toString(StandardCharsets.UTF_8).lines().map(Json.mapper()::readTree))
        .hasSize(3)
        .satisfies(lines -> assertThat(lines.get(0).has("result")).isTrue())
        .satisfies(lines -> assertThat(lines.get(1).has("error")).isTrue());
  }

  private JsonNode call(String tool, String arguments) {
    JsonNode result =
        ask(request("tools/call", "{\"name\":\"%s\",\"arguments\":%s}".formatted(tool, arguments)))
            .path("result");
    assertThat(result.path("isError").asBoolean(true)).as(result.toString()).isFalse();
    assertThat(Json.mapper().readTree(result.path("content").path(0).path("text").asString("")))
        .isEqualTo(result.path("structuredContent"));
    return result.path("structuredContent");
  }

  private static String request(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}"
        .formatted(method, params);
  }

  private JsonNode ask(String message) {
    String answer = server.answer(message).orElseThrow();
    assertThat(answer).doesNotContain("\n");
    return Json.mapper().readTree(answer);
  }
}

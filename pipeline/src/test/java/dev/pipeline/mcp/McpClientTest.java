package dev.pipeline.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.io.Json;
import dev.pipeline.io.http.SmallServer;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The client of the protocol's own authors asks our server, which shares no code with it. */
class McpClientTest {
  private static final McpJsonMapper MAPPER = new JacksonMcpJsonMapper(JsonMapper.shared());

  @TempDir Path folder;
  private Path config;

  @BeforeEach
  void remember() throws IOException {
    config = Memories.in(folder);
  }

  @Test
  void overStandardStreamsOfAProcessOfItsOwn() {
    ServerParameters program =
        ServerParameters.builder(Path.of(System.getProperty("java.home"), "bin", "java").toString())
            .args(
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path").replace(File.pathSeparatorChar, ':'),
                "dev.pipeline.cli.Main",
                "mcp",
                "--config",
                config.toString())
            .build();

    asks(new StdioClientTransport(program, MAPPER), McpServer.REVISIONS.get(0));
  }

  @Test
  void overHttp() {
    McpSite site = new McpSite(new McpServer(new Tools(Memories.config(config)), "test"));
    try (SmallServer server =
        SmallServer.start(SmallServer.thisMachine(), 0, McpSite.LARGEST, site)) {
      asks(
          HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + server.port())
              .endpoint("/mcp")
              .jsonMapper(MAPPER)
              .build(),
          McpServer.REVISIONS.get(0));
    }
  }

  private static void asks(McpClientTransport transport, String revision) {
    try (McpSyncClient client =
        McpClient.sync(transport)
            .requestTimeout(Duration.ofMinutes(2))
            .initializationTimeout(Duration.ofMinutes(2))
            .build()) {
      assertThat(client.initialize().protocolVersion()).isEqualTo(revision);
      assertThat(client.getServerInfo().name()).isEqualTo("pipeline");
      client.ping();
      assertThat(client.listTools().tools())
          .extracting(McpSchema.Tool::name)
          .contains(
              "plans_list",
              "plans_search",
              "plans_get",
              "runs_list",
              "datasets_list",
              "gate_result",
              "releases_list");
      assertThat(text(client, "plans_list", Map.of("model", "buyer", "limit", 1)))
          .contains(Memories.PLAN.toString());
      assertThat(text(client, "plans_search", Map.of("query", "bills for accountants")))
          .contains("Summaries of invoices.", "Ärger");
      assertThat(text(client, "runs_list", Map.of())).isEqualTo("{\"runs\":[]}");
      McpSchema.CallToolResult refused = call(client, "plans_get", Map.of("id", "x"));
      assertThat(refused.isError()).isTrue();
    }
  }

  private static String text(McpSyncClient client, String tool, Map<String, Object> arguments) {
    McpSchema.CallToolResult result = call(client, tool, arguments);
    assertThat(result.isError()).as("%s", result.content()).isFalse();
    assertThat(result.structuredContent()).isNotNull();
    List<McpSchema.Content> content = result.content();
    String text = ((McpSchema.TextContent) content.get(0)).text();
    assertThat(Json.mapper().readTree(text).isObject()).isTrue();
    return text;
  }

  private static McpSchema.CallToolResult call(
      McpSyncClient client, String tool, Map<String, Object> arguments) {
    return client.callTool(McpSchema.CallToolRequest.builder(tool).arguments(arguments).build());
  }
}

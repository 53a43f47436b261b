package dev.pipeline.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.io.Json;
import dev.pipeline.io.StopSignal;
import dev.pipeline.jobs.PipelineRun;
import dev.pipeline.jobs.QuietReport;
import dev.pipeline.jobs.RunRequest;
import dev.pipeline.serve.PipelineServer;
import dev.pipeline.serve.ServeOptions;
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
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    asks(overStandardStreams(), McpServer.REVISIONS.get(0));
  }

  @Test
  void overHttp() {
    try (PipelineServer server = served()) {
      asks(overHttp(server), McpServer.REVISIONS.get(0));
    }
  }

  /** As a run holds it that was started a moment before: H2 lets no other process in then. */
  @Test
  void whileTheJobStoreIsInOthersHands() throws SQLException {
    List<String> raw = List.of("mine.raw=../datasets/raw", "base_model=../artifacts/base");
    new PipelineRun(
            new RunRequest(
                "mine", true, ConfigLoader.load(config, raw, "mine"), config.toString(), raw),
            new QuietReport() {},
            new StopSignal())
        .run();
    Path store = folder.resolve("artifacts/.jobs/store");
    try (Connection held =
            DriverManager.getConnection(
                "jdbc:h2:file:" + store.toAbsolutePath() + ";IFEXISTS=TRUE", "pipeline", "");
        PipelineServer server = served()) {
      assertThat(held.isValid(1)).isTrue();
      for (McpClientTransport transport : List.of(overStandardStreams(), overHttp(server))) {
        try (McpSyncClient client = client(transport)) {
          client.initialize();
          assertThat(text(client, "runs_list", Map.of())).contains("\"job\":\"mine\"");
        }
      }
      assertThat(held.createStatement().executeQuery("select 1").next()).isTrue();
    }
  }

  private PipelineServer served() {
    return PipelineServer.start(
        Memories.config(config),
        new ServeOptions(InetAddress.getLoopbackAddress(), 0, Optional.empty()));
  }

  private StdioClientTransport overStandardStreams() {
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
    return new StdioClientTransport(program, MAPPER);
  }

  private static McpClientTransport overHttp(PipelineServer server) {
    return HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + server.port())
        .endpoint("/mcp")
        .jsonMapper(MAPPER)
        .build();
  }

  private static McpSyncClient client(McpClientTransport transport) {
    return McpClient.sync(transport)
        .requestTimeout(Duration.ofMinutes(2))
        .initializationTimeout(Duration.ofMinutes(2))
        .build();
  }

  private static void asks(McpClientTransport transport, String revision) {
    try (McpSyncClient client = client(transport)) {
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

package dev.pipeline.serve.api;

import dev.pipeline.io.http.Reply;
import dev.pipeline.io.http.Request;
import dev.pipeline.mcp.McpSite;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /mcp}: the Model Context Protocol over HTTP, as {@code pipeline mcp} speaks it. */
@RestController
public final class McpApi {
  private static final String REVISION = "MCP-Protocol-Version";

  private final McpSite site;

  /** Hands on to {@code site}. */
  public McpApi(McpSite site) {
    this.site = site;
  }

  @Operation(summary = "Lets agents look things up by the Model Context Protocol")
  @PostMapping(path = "/mcp", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> say(
      @RequestBody byte[] message,
      @RequestHeader(name = REVISION, required = false) @Nullable String revision) {
    Map<String, String> headers =
        Optional.ofNullable(revision).map(named -> Map.of(REVISION, named)).orElseGet(Map::of);
    Reply reply = site.apply(new Request("POST", "/mcp", headers, message));
    return ResponseEntity.status(reply.status())
        .contentType(MediaType.APPLICATION_JSON)
        .body(reply.body());
  }
}

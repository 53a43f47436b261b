package dev.pipeline.mcp;

import dev.pipeline.io.http.Reply;
import dev.pipeline.io.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/**
 * The protocol over HTTP, for a server to mount under a path of its own: its "streamable HTTP" with
 * neither sessions nor streams. Who may ask, that server decides before.
 */
public final class McpSite implements Function<Request, Reply> {
  /** Bytes of the largest message that is taken. */
  public static final int LARGEST = 1 << 20;

  private static final byte[] NOTHING = {};

  private final McpServer server;

  /** The site of {@code server}. */
  public McpSite(McpServer server) {
    this.server = server;
  }

  @Override
  public Reply apply(Request request) {
    if (!request.method().equals("POST")) {
      return Reply.error(405, "send messages by POST; there is no stream to listen to");
    }
    if (request.body().length > LARGEST) {
      return Reply.error(413, "a message has at most " + LARGEST + " bytes");
    }
    Optional<String> revision = request.header("MCP-Protocol-Version");
    if (revision.isPresent() && !McpServer.REVISIONS.contains(revision.get())) {
      return Reply.error(400, "this revision of the protocol is not spoken here");
    }
    return server
        .answer(new String(request.body(), StandardCharsets.UTF_8))
        .map(text -> new Reply(200, "application/json", text.getBytes(StandardCharsets.UTF_8)))
        .orElseGet(() -> new Reply(202, "application/json", NOTHING));
  }
}

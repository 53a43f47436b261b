package dev.pipeline.io.http;

import dev.pipeline.io.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a browser is answered.
 *
 * @param type media type of the body
 */
public record Reply(int status, String type, byte[] body) {
  private static final String JSON = "application/json";

  /** Nothing from elsewhere, nothing framed, nothing kept, nothing sniffed. */
  public static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
              + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  /** {@code value} as JSON. */
  public static Reply json(Object value) {
    return json(200, value);
  }

  /** The same with another status. */
  public static Reply json(int status, Object value) {
    return new Reply(status, JSON, Json.line(value).getBytes(StandardCharsets.UTF_8));
  }

  /** Done; there is nothing to tell. */
  public static Reply kept() {
    return new Reply(204, JSON, new byte[0]);
  }

  /** Why not. */
  public static Reply error(int status, String reason) {
    return json(status, Map.of("error", reason));
  }
}

package dev.pipeline.evaluate.review;

import dev.pipeline.io.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a browser is answered.
 *
 * @param type media type of the body
 */
record Reply(int status, String type, byte[] body) {
  private static final String JSON = "application/json";

  /** Nothing from elsewhere, nothing framed, nothing kept, nothing sniffed. */
  static final Map<String, String> HEADERS =
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

  static Reply json(Object value) {
    return new Reply(200, JSON, Json.line(value).getBytes(StandardCharsets.UTF_8));
  }

  static Reply kept() {
    return new Reply(204, JSON, new byte[0]);
  }

  static Reply error(int status, String reason) {
    return new Reply(status, JSON, json(Map.of("error", reason)).body());
  }
}

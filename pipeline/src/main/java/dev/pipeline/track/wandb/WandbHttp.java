package dev.pipeline.track.wandb;

import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Requests to the server, and files to where it wants them. No redirect is followed. */
final class WandbHttp implements AutoCloseable {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final String AGENT = "pipeline (track)";
  private static final long LONGEST_ANSWER = 4L << 20;

  private final WandbServer server;
  private final OkHttpClient http;

  WandbHttp(WandbServer server, Duration timeout) {
    this.server = server;
    this.http =
        new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            // Attempts are counted by Retries alone.
            .retryOnConnectionFailure(false)
            .callTimeout(timeout)
            .build();
  }

  /** Posts JSON to {@code path} of the server. */
  JsonNode post(String path, Object body) throws IOException {
    Request request =
        new Request.Builder()
            .url(server.at(path))
            .header("Authorization", server.authorization())
            .header("User-Agent", AGENT)
            .post(RequestBody.create(Json.line(body), JSON))
            .build();
    try (Response response = http.newCall(request).execute()) {
      requireSuccess(response, server.toString());
      return json(response);
    }
  }

  /** Puts a file where the server said, which may be another host; the key stays here. */
  void put(HttpUrl url, List<String> headers, Path file) throws IOException {
    Request.Builder request =
        new Request.Builder()
            .url(url)
            .header("User-Agent", AGENT)
            .put(RequestBody.create(file.toFile(), null));
    for (String header : headers) {
      int colon = header.indexOf(':');
      if (colon > 0 && !header.regionMatches(true, 0, "Authorization", 0, colon)) {
        addHeader(request, header.substring(0, colon), header.substring(colon + 1).strip());
      }
    }
    try (Response response = http.newCall(request.build()).execute()) {
      if (!response.isSuccessful()) {
        // An address that was signed is good for a while; the next attempt asks for another.
        throw new Temporary(url.host() + " answers " + response.code(), Optional.empty());
      }
    }
  }

  /** Ends what is under way. */
  void cancel() {
    http.dispatcher().cancelAll();
  }

  @Override
  public void close() {
    http.dispatcher().cancelAll();
    http.connectionPool().evictAll();
    http.dispatcher().executorService().shutdown();
  }

  private static void addHeader(Request.Builder request, String name, String value) throws Refused {
    try {
      request.header(name, value);
    } catch (IllegalArgumentException e) {
      throw new Refused("the server asks for a header that cannot be");
    }
  }

  private static void requireSuccess(Response response, String who) throws IOException {
    int code = response.code();
    if (response.isSuccessful()) {
      return;
    }
    if (code == 429 || code == 408 || code >= 500) {
      throw new Temporary(who + " answers " + code, retryAfter(response));
    }
    if (response.isRedirect()) {
      throw new Refused(who + " points elsewhere, where the key is not shown");
    }
    throw new Refused(
        who
            + (code == 401 || code == 403
                ? " does not take " + WandbServer.KEY + " for this (" + code + ")"
                : " answers " + code));
  }

  private static Optional<Duration> retryAfter(Response response) {
    String value = response.header("Retry-After", "");
    try {
      return Optional.of(Duration.ofSeconds(Integer.parseUnsignedInt(String.valueOf(value))));
    } catch (NumberFormatException noSeconds) {
      try {
        Instant then =
            ZonedDateTime.parse(String.valueOf(value), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
        Duration left = Duration.between(Instant.now(), then);
        return Optional.of(left.isNegative() ? Duration.ZERO : left);
      } catch (DateTimeParseException none) {
        return Optional.empty();
      }
    }
  }

  private JsonNode json(Response response) throws IOException {
    Buffer text = new Buffer();
    while (response.body().source().read(text, 1 << 16) >= 0) {
      if (text.size() > LONGEST_ANSWER) {
        throw new Refused(server + " answers with more than " + (LONGEST_ANSWER >> 20) + " MiB");
      }
    }
    try {
      return Json.mapper().readTree(text.readUtf8());
    } catch (JacksonException e) {
      throw new Temporary(server + " answers with no JSON", Optional.empty());
    }
  }
}

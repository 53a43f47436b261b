package dev.pipeline.release.ollama;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One Ollama server.
 *
 * @see <a href="https://github.com/ollama/ollama/blob/main/docs/api.md">Ollama's API</a>
 */
public final class OllamaClient implements AutoCloseable {
  private static final Duration HELLO = Duration.ofSeconds(3);
  private static final MediaType JSON = MediaType.get("application/json");
  private static final MediaType BYTES = MediaType.get("application/octet-stream");

  private final HttpUrl server;
  private final OkHttpClient http;

  /**
   * A client that has not connected yet.
   *
   * @param server such as {@code http://localhost:11434}
   * @param patience how long the server may be silent while it works
   */
  public OllamaClient(URI server, Duration patience) {
    HttpUrl url = HttpUrl.get(server);
    if (url == null) {
      throw Failure.usage(
          "'" + server + "' is not an HTTP address", "write it as http://localhost:11434");
    }
    this.server = url;
    this.http =
        new OkHttpClient.Builder()
            .connectTimeout(HELLO)
            .readTimeout(patience)
            .writeTimeout(patience)
            .build();
  }

  /** The server's version, or empty when nothing answers there within a few seconds. */
  public Optional<String> version() {
    OkHttpClient hasty = http.newBuilder().callTimeout(HELLO).build();
    try (Response response = hasty.newCall(request("api/version").build()).execute()) {
      return response.isSuccessful()
          ? Json.mapper().readTree(response.body().string()).path("version").stringValueOpt()
          : Optional.empty();
    } catch (IOException | JacksonException noOllama) {
      return Optional.empty();
    }
  }

  /** Whether the server holds a blob of this SHA-256, in hex. */
  public boolean hasBlob(String sha256) {
    return send(
        blob(sha256).head(),
        response -> {
          if (response.code() == 404) {
            return false;
          }
          requireSuccess(response);
          return true;
        });
  }

  /** Streams {@code file} to the server, which checks it against {@code sha256}, in hex. */
  public void pushBlob(Path file, String sha256) {
    RequestBody content = RequestBody.create(file.toFile(), BYTES);
    send(
        blob(sha256).post(content),
        response -> {
          requireSuccess(response);
          return response.code();
        });
  }

  /**
   * Creates or replaces a model.
   *
   * @param status is told each step the server reports
   */
  public void create(CreateRequest create, Consumer<String> status) {
    send(
        post("api/create", create.body()),
        response -> {
          requireSuccess(response);
          String last = lastStatus(response.body().source(), status);
          if (!last.equals("success")) {
            throw failed("stopped creating " + create.model() + " after '" + last + "'", null);
          }
          return last;
        });
  }

  /** Names of the server's models, with their tags. */
  public List<String> tags() {
    List<String> names = new ArrayList<>();
    for (JsonNode model : json(request("api/tags")).path("models")) {
      names.add(model.path("name").asString(""));
    }
    return names;
  }

  /** What the server knows of a model: template, parameters, details. */
  public JsonNode show(String model) {
    return json(post("api/show", Map.of("model", model)));
  }

  @Override
  public void close() {
    http.connectionPool().evictAll();
    http.dispatcher().executorService().shutdown();
  }

  @Override
  public String toString() {
    String address = server.toString();
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }

  static String digest(String sha256) {
    return "sha256:" + sha256;
  }

  private String lastStatus(BufferedSource lines, Consumer<String> status) throws IOException {
    String last = "";
    for (String line = lines.readUtf8Line(); line != null; line = lines.readUtf8Line()) {
      if (line.isBlank()) {
        continue;
      }
      JsonNode message = parse(line);
      if (message.has("error")) {
        throw failed("says: " + message.path("error").asString(""), null);
      }
      last = message.path("status").asString(last);
      status.accept(last);
    }
    return last;
  }

  private JsonNode json(Request.Builder request) {
    return send(
        request,
        response -> {
          requireSuccess(response);
          return parse(response.body().string());
        });
  }

  private Request.Builder blob(String sha256) {
    return request("api/blobs/" + digest(sha256));
  }

  private Request.Builder post(String path, Map<String, ?> body) {
    return request(path).post(RequestBody.create(Json.line(body), JSON));
  }

  private Request.Builder request(String path) {
    return new Request.Builder().url(server.newBuilder().addPathSegments(path).build());
  }

  private <T> T send(Request.Builder request, Answer<T> answer) {
    try (Response response = http.newCall(request.build()).execute()) {
      return answer.read(response);
    } catch (IOException e) {
      throw failed("does not answer: " + e.getMessage(), e);
    }
  }

  private void requireSuccess(Response response) throws IOException {
    if (!response.isSuccessful()) {
      String body = response.body().string();
      String reason = body.startsWith("{") ? parse(body).path("error").asString(body) : body;
      throw failed("answers HTTP " + response.code() + ": " + reason.strip(), null);
    }
  }

  private JsonNode parse(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (JacksonException e) {
      throw failed("answers something other than JSON: " + Json.fault(e), null);
    }
  }

  private Failure failed(String what, @Nullable IOException cause) {
    return Failure.infrastructure(
        "Ollama at " + this + " " + what,
        "look into the server's log, then run the same command again; what is published stays",
        cause);
  }

  /** Reads an answer while its connection is open. */
  @FunctionalInterface
  private interface Answer<T> {
    T read(Response response) throws IOException;
  }
}

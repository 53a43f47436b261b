package dev.pipeline.release.ollama;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.Progress;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
  /** How long a server that restarts is waited for. */
  public static final Duration RESTART = Duration.ofSeconds(30);

  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final MediaType JSON = MediaType.get("application/json");

  private final HttpUrl server;
  private final OkHttpClient http;

  /**
   * A client that has not connected yet.
   *
   * @param server such as {@code http://localhost:11434}
   * @param patience how long the server may be silent while it works
   */
  public OllamaClient(URI server, Duration patience) {
    OllamaConnection connection = OllamaConnection.to(server, patience);
    this.server = connection.server();
    this.http = connection.http();
  }

  /** The server's version, or empty when nothing answers there within a few seconds. */
  public Optional<String> version() {
    OkHttpClient hasty = http.newBuilder().callTimeout(OllamaConnection.HELLO).build();
    try (Response response = hasty.newCall(request("api/version").build()).execute()) {
      return response.isSuccessful()
          ? Json.mapper().readTree(response.body().string()).path("version").stringValueOpt()
          : Optional.empty();
    } catch (IOException | JacksonException noOllama) {
      return Optional.empty();
    }
  }

  /** Waits until the server answers; false when it does not come back in {@code time}. */
  public boolean answersWithin(Duration time) {
    long deadline = System.nanoTime() + time.toNanos();
    while (version().isEmpty()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      try {
        Thread.sleep(PAUSE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
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

  /**
   * Streams {@code file} to the server, which checks it against {@code sha256}, in hex. However
   * long it takes: only a server that takes nothing for as long as it may be silent fails.
   */
  public void pushBlob(Path file, String sha256, Progress progress) {
    send(
        blob(sha256).post(new UploadBody(file, progress)),
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
            String stopped = "stopped creating " + create.model() + " after '" + last + "'";
            throw failed(stopped, new EOFException(stopped));
          }
          return last;
        });
  }

  /** Digest of each of the server's models by name and tag; equal models have equal ones. */
  public Map<String, String> tags() {
    Map<String, String> digests = new TreeMap<>();
    for (JsonNode model : json(request("api/tags")).path("models")) {
      digests.put(model.path("name").asString(""), model.path("digest").asString(""));
    }
    return digests;
  }

  /** Gives {@code source} a second name, which may have been another model's. */
  public void copy(String source, String destination) {
    done(post("api/copy", Map.of("source", source, "destination", destination)));
  }

  /** Takes a name away; the bytes go with the last one. A name that is not there is no failure. */
  public void delete(String model) {
    Request.Builder delete =
        request("api/delete").delete(RequestBody.create(Json.line(Map.of("model", model)), JSON));
    send(
        delete,
        response -> {
          if (response.code() != 404) {
            requireSuccess(response);
          }
          return response.code();
        });
  }

  /** Has {@code model} answer; {@code options} are those of a Modelfile's parameters. */
  public ChatReply chat(
      String model, List<ChatMessage> messages, Map<String, ? extends Object> options) {
    Map<String, Object> body =
        Map.of(
            "model",
            model,
            "messages",
            messages.stream()
                .map(message -> Map.of("role", message.role(), "content", message.content()))
                .toList(),
            "options",
            new TreeMap<>(options),
            "stream",
            true);
    return send(
        post("api/chat", body),
        response -> {
          requireSuccess(response);
          return reply(response.body().source());
        });
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

  private ChatReply reply(BufferedSource lines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line = lines.readUtf8Line(); line != null; line = lines.readUtf8Line()) {
      if (line.isBlank()) {
        continue;
      }
      JsonNode part = parse(line);
      if (part.has("error")) {
        throw failed("says: " + part.path("error").asString(""), null);
      }
      text.append(part.path("message").path("content").asString(""));
      if (part.path("done").asBoolean(false)) {
        return new ChatReply(
            text.toString(),
            part.path("done_reason").asString(""),
            part.path("eval_count").asInt(0));
      }
    }
    throw failed("broke off in the middle of an answer", new EOFException("no last line"));
  }

  private void done(Request.Builder request) {
    send(
        request,
        response -> {
          requireSuccess(response);
          return response.code();
        });
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

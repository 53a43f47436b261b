package dev.pipeline.talk;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.release.ollama.OllamaConnection;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import okhttp3.Call;
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
 * Talks with an Ollama server: {@code POST /api/chat}, answered by a JSON object a line.
 *
 * @see <a href="https://github.com/ollama/ollama/blob/main/docs/api.md">Ollama's API</a>
 */
public final class OllamaChat implements AutoCloseable {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final int NOT_FOUND = 404;

  private final HttpUrl server;
  private final OkHttpClient http;

  /**
   * A client that has not connected yet.
   *
   * @param patience how long the server may be silent, while it loads a model or reads a prompt
   */
  public OllamaChat(URI server, Duration patience) {
    OllamaConnection connection = OllamaConnection.to(server, patience);
    this.server = connection.server();
    this.http = connection.http();
  }

  /**
   * How the server loads a model; {@code num_ctx}, {@code num_gpu}, {@code num_batch}.
   *
   * @param gpuLayers and {@code batchTokens}: none leaves it to the server
   */
  public record Options(
      int contextTokens, Optional<Integer> gpuLayers, Optional<Integer> batchTokens) {
    Map<String, Object> body() {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("num_ctx", contextTokens);
      gpuLayers.ifPresent(layers -> body.put("num_gpu", layers));
      batchTokens.ifPresent(tokens -> body.put("num_batch", tokens));
      return body;
    }
  }

  /** A conversation that ends with a question. */
  record Question(
      String model,
      List<ChatMessage> messages,
      Options options,
      Answering how,
      List<String> stopWords) {
    Map<String, Object> body() {
      Map<String, Object> sampling = options.body();
      sampling.put("temperature", how.temperature());
      sampling.put("top_p", how.topP());
      sampling.put("seed", how.seed());
      sampling.put("num_predict", how.maxTokens());
      if (!stopWords.isEmpty()) {
        sampling.put("stop", stopWords);
      }
      return Map.of("model", model, "messages", messages, "stream", true, "options", sampling);
    }
  }

  /**
   * How an answer ended.
   *
   * @param stoppedBy why
   * @param last the server's last line, with its counts; null when it was not waited for
   * @param firstNanos to the first piece, {@code nanos} to the end
   * @param pieces that came
   */
  record End(
      StoppedBy stoppedBy, @Nullable JsonNode last, long firstNanos, long nanos, int pieces) {
    /** With the server's own counts and times, where it told them. */
    Reply reply(String text, boolean overByTag) {
      StoppedBy why = overByTag ? StoppedBy.MODEL : stoppedBy;
      if (last == null) {
        return new Reply(text, 0, pieces, why, Reply.Timings.of(0, pieces, firstNanos, nanos));
      }
      int read = last.path("prompt_eval_count").asInt(0);
      int written = last.path("eval_count").asInt(pieces);
      Reply.Timings mine = Reply.Timings.of(read, written, firstNanos, nanos);
      return new Reply(
          text,
          read,
          written,
          why,
          new Reply.Timings(
              mine.firstTokenSeconds(),
              mine.seconds(),
              read,
              rate(read, last.path("prompt_eval_duration").asLong(0)),
              rate(written, last.path("eval_duration").asLong(0))));
    }

    private static double rate(int tokens, long nanos) {
      return nanos <= 0 ? 0 : tokens * 1e9 / nanos;
    }
  }

  /** Has the server load {@code model}, which an empty conversation does. */
  void load(String model, Options options) {
    Map<String, Object> body =
        Map.of("model", model, "messages", List.of(), "stream", false, "options", options.body());
    try (Response response = http.newCall(post("api/chat", body)).execute()) {
      requireSuccess(response, model);
      parse(response.body().string());
    } catch (IOException e) {
      throw silent(e);
    }
  }

  /**
   * Asks, and reads the answer as it comes.
   *
   * @param goOn hears each piece; false closes the connection, by which the server stops
   * @throws Failure when the server ends in mid-answer, or with an error
   */
  End chat(Question question, Predicate<String> goOn, StopButton stop) {
    Call call = http.newCall(post("api/chat", question.body()));
    Runnable cancel = call::cancel;
    stop.wire(cancel);
    long started = System.nanoTime();
    Stream stream = new Stream(started);
    try (Response response = call.execute()) {
      requireSuccess(response, question.model());
      return stream.read(response.body().source(), goOn);
    } catch (IOException e) {
      if (stop.isPressed()) {
        return stream.end(StoppedBy.PERSON, null);
      }
      throw stream.pieces == 0
          ? silent(e)
          : failed("broke off in mid-answer: " + e.getMessage(), e);
    } finally {
      stop.unwire(cancel);
    }
  }

  /** Lines of an answer. */
  private final class Stream {
    private final long started;
    private long first;
    private int pieces;

    Stream(long started) {
      this.started = started;
    }

    End read(BufferedSource lines, Predicate<String> goOn) throws IOException {
      for (String line = lines.readUtf8Line(); line != null; line = lines.readUtf8Line()) {
        if (line.isBlank()) {
          continue;
        }
        JsonNode message = parse(line);
        if (message.has("error")) {
          throw failed("says: " + message.path("error").asString(""), null);
        }
        String piece = message.path("message").path("content").asString("");
        if (!piece.isEmpty()) {
          first = pieces++ == 0 ? System.nanoTime() - started : first;
        }
        boolean wanted = piece.isEmpty() || goOn.test(piece);
        if (message.path("done").asBoolean(false)) {
          return end(stoppedBy(message.path("done_reason").asString("stop")), message);
        }
        if (!wanted) {
          return end(StoppedBy.MODEL, null);
        }
      }
      throw failed("broke off in mid-answer: no line says that it is done", null);
    }

    End end(StoppedBy why, @Nullable JsonNode last) {
      return new End(why, last, first, System.nanoTime() - started, pieces);
    }
  }

  private static StoppedBy stoppedBy(String reason) {
    return reason.equals("length") ? StoppedBy.LENGTH : StoppedBy.MODEL;
  }

  /** Type of the weights as the server tells it, such as {@code Q4_K_M}; empty when it does not. */
  String quantisation(String model) {
    try (Response response = http.newCall(post("api/show", Map.of("model", model))).execute()) {
      requireSuccess(response, model);
      return parse(response.body().string())
          .path("details")
          .path("quantization_level")
          .asString("");
    } catch (IOException e) {
      throw silent(e);
    }
  }

  /** Memory that the server says {@code model} takes; none when it is not loaded any more. */
  Footprint footprint(String model) {
    String tagged = model.contains(":") ? model : model + ":latest";
    try (Response response = http.newCall(request("api/ps").build()).execute()) {
      requireSuccess(response, model);
      for (JsonNode loaded : parse(response.body().string()).path("models")) {
        if (loaded.path("name").asString("").equals(tagged)) {
          long gpu = loaded.path("size_vram").asLong(0);
          return new Footprint(loaded.path("size").asLong(0) - gpu, gpu);
        }
      }
      return new Footprint(0, 0);
    } catch (IOException e) {
      throw silent(e);
    }
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

  private Request post(String path, Map<String, ?> body) {
    return request(path).post(RequestBody.create(Json.line(body), JSON)).build();
  }

  private Request.Builder request(String path) {
    return new Request.Builder().url(server.newBuilder().addPathSegments(path).build());
  }

  private void requireSuccess(Response response, String model) throws IOException {
    if (response.isSuccessful()) {
      return;
    }
    String body = response.body().string();
    String reason = body.startsWith("{") ? parse(body).path("error").asString(body) : body;
    if (response.code() == NOT_FOUND) {
      throw Failure.usage(
          "Ollama at %s has no model %s: %s".formatted(this, model, reason.strip()),
          "name one that 'ollama list' shows, or fetch it: ollama pull " + model);
    }
    throw failed("answers HTTP " + response.code() + ": " + reason.strip(), null);
  }

  private JsonNode parse(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (JacksonException e) {
      throw failed("answers something other than JSON: " + Json.fault(e), null);
    }
  }

  private Failure silent(IOException cause) {
    return Failure.infrastructure(
        "no Ollama server answers at " + this + ": " + cause.getMessage(),
        "start it with 'ollama serve', or set ollama_url or OLLAMA_HOST to where it listens",
        cause);
  }

  private Failure failed(String what, @Nullable IOException cause) {
    return Failure.infrastructure(
        "Ollama at " + this + " " + what, "look into the server's log, then ask again", cause);
  }
}

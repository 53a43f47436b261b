package dev.pipeline.embed;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.Loopback;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * A model on a server that speaks OpenAI's or Ollama's interface.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/embeddings">OpenAI's embeddings</a>
 * @see <a href="https://github.com/ollama/ollama/blob/main/docs/api.md">Ollama's API</a>
 */
public final class HttpEmbedder implements Embedder {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final int BATCH = 32;
  private static final int ATTEMPTS = 3;
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** Far beyond what a batch of the largest known vectors needs. */
  private static final long LARGEST_ANSWER = 64L << 20;

  private static final String FIX =
      "check memory.embedder_url and memory.embedder_model, then run the same command again";

  private final Dialect dialect;
  private final HttpUrl address;
  private final String model;
  private final Optional<String> key;
  private final OkHttpClient http;
  private int dimensions;

  /** How a server is asked. */
  public enum Dialect {
    /** {@code POST /v1/embeddings}. */
    OPENAI("v1/embeddings"),
    /** {@code POST /api/embed}. */
    OLLAMA("api/embed");

    private final String path;

    Dialect(String path) {
      this.path = path;
    }
  }

  /**
   * An embedder that has not connected yet.
   *
   * @param server such as {@code http://localhost:11434}, without the path
   * @param key sent as a bearer token, to this server alone
   * @param patience how long an answer may take
   */
  public HttpEmbedder(
      Dialect dialect, URI server, String model, Optional<String> key, Duration patience) {
    HttpUrl url = HttpUrl.get(server);
    if (url == null) {
      throw Failure.usage("'" + server + "' is not an HTTP address", FIX);
    }
    if (key.isPresent() && !url.isHttps() && !Loopback.is(url.host())) {
      throw Failure.usage(
          "the key of the embedder would travel to " + url.host() + " in clear",
          "write memory.embedder_url as https://..., or unset EMBEDDER_API_KEY");
    }
    this.dialect = dialect;
    this.address = url.newBuilder().addPathSegments(dialect.path).build();
    this.model = model;
    this.key = key;
    this.http =
        new OkHttpClient.Builder()
            // Whoever redirects in the server's place is to have neither key nor text.
            .followRedirects(false)
            .callTimeout(patience)
            .readTimeout(patience)
            .build();
  }

  @Override
  public String name() {
    return model;
  }

  @Override
  public synchronized int dimensions() {
    if (dimensions == 0) {
      dimensions = ask(List.of("size")).get(0).length;
    }
    return dimensions;
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    int size = dimensions();
    List<String> asked = texts.stream().filter(MiniLmEmbedder::saysSomething).toList();
    List<float[]> answers = new ArrayList<>();
    for (int from = 0; from < asked.size(); from += BATCH) {
      answers.addAll(ask(asked.subList(from, Math.min(from + BATCH, asked.size()))));
    }
    if (answers.stream().anyMatch(vector -> vector.length != size)) {
      throw failed("gives vectors of different sizes", null);
    }
    List<float[]> vectors = new ArrayList<>();
    int next = 0;
    for (String text : texts) {
      vectors.add(MiniLmEmbedder.saysSomething(text) ? answers.get(next++) : new float[size]);
    }
    return vectors;
  }

  private List<float[]> ask(List<String> texts) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("model", model);
    body.put("input", texts);
    Request.Builder request =
        new Request.Builder().url(address).post(RequestBody.create(Json.line(body), JSON));
    key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    JsonNode answer = send(request.build());
    List<float[]> vectors = dialect == Dialect.OPENAI ? openAi(answer) : ollama(answer);
    if (vectors.size() != texts.size()) {
      throw failed("gives " + vectors.size() + " vectors for " + texts.size() + " texts", null);
    }
    return vectors;
  }

  private JsonNode send(Request request) {
    for (int attempt = 1; ; attempt++) {
      try (Response response = http.newCall(request).execute()) {
        String text = body(response.body().source());
        if (response.isSuccessful()) {
          return Json.mapper().readTree(text);
        }
        boolean temporary = response.code() == 429 || response.code() >= 500;
        if (!temporary || attempt == ATTEMPTS) {
          throw failed("answers HTTP " + response.code(), null);
        }
      } catch (JacksonException e) {
        throw failed("answers something other than JSON: " + Json.fault(e), null);
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw failed("does not answer: " + e.getMessage(), e);
        }
      }
      pause(attempt);
    }
  }

  private static String body(BufferedSource source) throws IOException {
    if (source.request(LARGEST_ANSWER)) {
      throw new IOException("the answer is larger than " + (LARGEST_ANSWER >> 20) + " MiB");
    }
    return source.readUtf8();
  }

  private static void pause(int attempt) {
    try {
      Thread.sleep(PAUSE.toMillis() << (attempt - 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.interrupted("stopped while waiting for the embedder", "run the command again");
    }
  }

  /** The answer names the place of each vector, which may come in any order. */
  private List<float[]> openAi(JsonNode answer) {
    JsonNode data = answer.path("data");
    float[][] vectors = new float[data.size()][];
    for (JsonNode item : data) {
      int index = item.path("index").asInt(-1);
      if (index < 0 || index >= vectors.length || vectors[index] != null) {
        throw failed("numbers its vectors wrongly", null);
      }
      vectors[index] = vector(item.path("embedding"));
    }
    return List.of(vectors);
  }

  private List<float[]> ollama(JsonNode answer) {
    List<float[]> vectors = new ArrayList<>();
    answer.path("embeddings").forEach(item -> vectors.add(vector(item)));
    return vectors;
  }

  private float[] vector(JsonNode numbers) {
    float[] vector = new float[numbers.size()];
    for (int i = 0; i < vector.length; i++) {
      double number = numbers.path(i).asDouble(Double.NaN);
      if (!Double.isFinite(number)) {
        throw failed("gives a vector with something other than numbers", null);
      }
      vector[i] = (float) number;
    }
    if (vector.length == 0) {
      throw failed("gives an empty vector", null);
    }
    return Vectors.unit(vector);
  }

  private Failure failed(String what, @Nullable IOException cause) {
    return Failure.infrastructure("the embedder at " + address + " " + what, FIX, cause);
  }
}

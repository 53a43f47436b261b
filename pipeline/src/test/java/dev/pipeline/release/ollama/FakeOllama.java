package dev.pipeline.release.ollama;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import dev.pipeline.release.gotemplate.GoTemplate;
import dev.pipeline.release.gotemplate.GoTemplateException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A server that keeps Ollama's published contract (docs/api.md of its repository) and refuses
 * everything else, unknown fields included. It is not Ollama: it holds names and bytes, and what
 * its models answer a test decides.
 */
public final class FakeOllama implements AutoCloseable {
  private static final Set<String> PARAMETERS =
      Set.of(
          "num_ctx",
          "repeat_last_n",
          "repeat_penalty",
          "temperature",
          "seed",
          "stop",
          "num_predict",
          "top_k",
          "top_p",
          "min_p");
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*(:[A-Za-z0-9_][A-Za-z0-9._-]*)?";

  private static final int PART = 1 << 18;

  /** What goes wrong, once. */
  public enum Misbehaviour {
    NONE,
    /** A line with an error in the middle of a creation. */
    ERROR_IN_STREAM,
    /** A creation's stream ends in order, but without success. */
    STREAM_ENDS_EARLY,
    /** Another template than the one that was given. */
    OTHER_TEMPLATE,
    /** The server dies in the middle of a creation and comes back. */
    RESTART_IN_CREATE,
    /** The server dies after an upload and comes back, without what nobody needs yet. */
    RESTART_AFTER_UPLOAD,
    /** The connection breaks in the middle of an upload. */
    BREAK_IN_UPLOAD,
    /** An upload is read in small parts, with pauses. */
    SLOW_UPLOAD,
    /** Nothing of an upload is read. */
    STALLED_UPLOAD,
    /** An answer breaks off. */
    BREAK_IN_CHAT,
    /** Copying fails. */
    ERROR_IN_COPY
  }

  /**
   * What a model answers.
   *
   * @param doneReason {@code stop} or {@code length}
   */
  public record Answer(String text, String doneReason) {}

  private final FakeOllamaStore store = new FakeOllamaStore();
  private final AtomicReference<Misbehaviour> next = new AtomicReference<>(Misbehaviour.NONE);
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile Function<String, Answer> model = prompt -> new Answer("Understood.", "stop");

  /** Starts on a free port of this machine. */
  public FakeOllama() throws IOException {
    this(0);
  }

  /** Starts on {@code port}. */
  public FakeOllama(int port) throws IOException {
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** Its address. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Misbehaves at the next occasion. */
  public void misbehave(Misbehaviour misbehaviour) {
    next.set(misbehaviour);
  }

  /** Lets all models answer so to the last message. */
  public void answer(Function<String, Answer> answers) {
    model = answers;
  }

  /** Method and path of each call, and of a creation the name. */
  public List<String> calls() {
    return calls;
  }

  /** How often a blob was stored. */
  public long uploads() {
    return calls.stream().filter(call -> call.startsWith("stored ")).count();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      route(exchange);
    }
  }

  private void route(HttpExchange exchange) throws IOException {
    try {
      String path = exchange.getRequestURI().getPath();
      String call = exchange.getRequestMethod() + " " + path;
      calls.add(call);
      if (path.startsWith("/api/blobs/")) {
        blob(exchange, path.substring("/api/blobs/".length()));
        return;
      }
      byte[] body = exchange.getRequestBody().readAllBytes();
      switch (call) {
        case "GET /api/version" -> answer(exchange, 200, Map.of("version", "0.0.0-fake"));
        case "GET /api/tags" -> answer(exchange, 200, Map.of("models", tags()));
        case "POST /api/show" -> show(exchange, request(body, Set.of("model")));
        case "POST /api/create" ->
            create(
                exchange,
                request(
                    body,
                    Set.of(
                        "model",
                        "files",
                        "template",
                        "system",
                        "license",
                        "parameters",
                        "stream")));
        case "POST /api/copy" -> copy(exchange, request(body, Set.of("source", "destination")));
        case "DELETE /api/delete" -> delete(exchange, request(body, Set.of("model")));
        case "POST /api/chat" ->
            chat(exchange, request(body, Set.of("model", "messages", "options", "stream")));
        default -> answer(exchange, 404, Map.of("error", "404 page not found"));
      }
    } catch (Refused refused) {
      answer(exchange, refused.status, Map.of("error", String.valueOf(refused.getMessage())));
    }
  }

  /** A request that the contract does not allow. */
  private static final class Refused extends RuntimeException {
    private final int status;

    Refused(int status, String message) {
      super(message);
      this.status = status;
    }
  }

  private static JsonNode request(byte[] body, Set<String> known) {
    try {
      JsonNode request = Json.mapper().readTree(body);
      Set<String> unknown = new TreeSet<>(request.propertyNames());
      unknown.removeAll(known);
      if (!request.isObject() || !unknown.isEmpty()) {
        throw new Refused(400, "unknown fields " + unknown);
      }
      return request;
    } catch (JacksonException e) {
      throw new Refused(400, "missing request body");
    }
  }

  private boolean misbehaves(Misbehaviour misbehaviour) {
    return next.compareAndSet(misbehaviour, Misbehaviour.NONE);
  }

  private void blob(HttpExchange exchange, String digest) throws IOException {
    if (!digest.matches("sha256:[0-9a-f]{64}")) {
      exchange.getRequestBody().readAllBytes();
      throw new Refused(400, "invalid digest format");
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(store.has(digest) ? 200 : 404, -1);
      return;
    } else if (!exchange.getRequestMethod().equals("POST")) {
      throw new Refused(404, "404 page not found");
    }
    if (misbehaves(Misbehaviour.BREAK_IN_UPLOAD)) {
      exchange.getRequestBody().read();
      return;
    }
    byte[] body = read(exchange.getRequestBody());
    if (store.has(digest)) {
      exchange.sendResponseHeaders(200, -1);
    } else if (!digest.equals("sha256:" + Hashes.hex(Hashes.sha256().digest(body)))) {
      throw new Refused(400, "digest mismatch, expected \"" + digest + "\"");
    } else {
      store.put(digest, body);
      calls.add("stored " + digest);
      exchange.sendResponseHeaders(201, -1);
      if (misbehaves(Misbehaviour.RESTART_AFTER_UPLOAD)) {
        store.prune();
      }
    }
  }

  private byte[] read(InputStream body) throws IOException {
    if (misbehaves(Misbehaviour.STALLED_UPLOAD)) {
      pause(30_000);
    }
    if (!misbehaves(Misbehaviour.SLOW_UPLOAD)) {
      return body.readAllBytes();
    }
    var bytes = new ByteArrayOutputStream();
    for (byte[] part = body.readNBytes(PART); part.length > 0; part = body.readNBytes(PART)) {
      bytes.writeBytes(part);
      pause(50);
    }
    return bytes.toByteArray();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void create(HttpExchange exchange, JsonNode request) throws IOException {
    String name = name(request, "model");
    requireContent(request);
    calls.add("create " + name);
    if (misbehaves(Misbehaviour.RESTART_IN_CREATE)) {
      exchange.sendResponseHeaders(200, 0);
      exchange
          .getResponseBody()
          .write("{\"status\":\"parsing GGUF\"}\n".getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
      store.prune();
      // Without the last, empty chunk, as a process that dies leaves it.
      throw new IOException("the server dies");
    }
    List<Map<String, String>> lines = new ArrayList<>();
    lines.add(Map.of("status", "parsing GGUF"));
    lines.add(Map.of("status", "creating new layer sha256:0123"));
    if (misbehaves(Misbehaviour.ERROR_IN_STREAM)) {
      lines.add(Map.of("error", "write manifest: no space left on device"));
    } else if (!misbehaves(Misbehaviour.STREAM_ENDS_EARLY)) {
      lines.add(Map.of("status", "writing manifest"));
      lines.add(Map.of("status", "success"));
      store.create(name, request);
    }
    sendLines(exchange, lines);
  }

  private void requireContent(JsonNode request) {
    if (request.path("files").isEmpty()) {
      throw new Refused(400, "neither 'from' or 'files' was specified");
    }
    request
        .path("files")
        .properties()
        .forEach(
            file -> {
              if (file.getKey().startsWith("/") || file.getKey().contains("..")) {
                throw new Refused(400, "file path must be relative");
              }
              String digest = file.getValue().asString("");
              if (!store.has(digest)) {
                throw new Refused(400, "open blob " + digest + ": no such file or directory");
              }
              byte[] blob = store.blob(digest);
              if (blob.length < 4
                  || !new String(blob, 0, 4, StandardCharsets.US_ASCII).equals("GGUF")) {
                throw new Refused(400, "supplied file was not in GGUF format");
              }
            });
    try {
      GoTemplate.parse(request.path("template").asString(""));
    } catch (GoTemplateException e) {
      throw new Refused(400, "template error: " + e.getMessage());
    }
    requireParameters(request.path("parameters"));
    if (request.has("system") && !request.path("system").isString()) {
      throw new Refused(400, "system must be a string");
    }
  }

  private static void requireParameters(JsonNode parameters) {
    parameters
        .properties()
        .forEach(
            parameter -> {
              boolean list = parameter.getKey().equals("stop");
              JsonNode value = parameter.getValue();
              if (!PARAMETERS.contains(parameter.getKey())
                  || (list ? !value.isArray() : !value.isNumber())) {
                throw new Refused(400, "invalid parameter " + parameter.getKey());
              }
            });
  }

  private void show(HttpExchange exchange, JsonNode request) throws IOException {
    JsonNode shown = model(request, "model", name(request, "model"));
    boolean other = misbehaves(Misbehaviour.OTHER_TEMPLATE);
    Map<String, String> answer = new TreeMap<>();
    answer.put("template", other ? "{{ .Prompt }}" : shown.path("template").asString(""));
    answer.put("system", shown.path("system").asString(""));
    answer.put("license", shown.path("license").path(0).asString(""));
    StringBuilder parameters = new StringBuilder();
    shown
        .path("parameters")
        .properties()
        .forEach(
            entry ->
                parameters
                    .append(entry.getKey())
                    .append(' ')
                    .append(entry.getValue())
                    .append('\n'));
    answer.put("parameters", parameters.toString());
    String digest = shown.path("files").values().iterator().next().asString("");
    answer.put(
        "modelfile",
        "# Modelfile generated by \"ollama show\"\nFROM /models/blobs/"
            + digest.replace(':', '-')
            + "\n");
    answer(exchange, 200, answer);
  }

  private void copy(HttpExchange exchange, JsonNode request) throws IOException {
    if (misbehaves(Misbehaviour.ERROR_IN_COPY)) {
      throw new Refused(500, "open manifest: read-only file system");
    }
    String source = name(request, "source");
    String destination = name(request, "destination");
    if (!store.copy(source, destination)) {
      throw new Refused(404, "model \"" + source + "\" not found");
    }
    calls.add("copy " + source + " " + destination);
    exchange.sendResponseHeaders(200, -1);
  }

  private void delete(HttpExchange exchange, JsonNode request) throws IOException {
    String name = name(request, "model");
    if (!store.delete(name)) {
      throw new Refused(404, "model '" + name + "' not found");
    }
    exchange.sendResponseHeaders(200, -1);
  }

  private void chat(HttpExchange exchange, JsonNode request) throws IOException {
    model(request, "model", name(request, "model"));
    requireParameters(request.path("options"));
    String last = "";
    for (JsonNode message : request.path("messages")) {
      Set<String> keys = new TreeSet<>(message.propertyNames());
      if (!keys.equals(Set.of("role", "content"))
          || !Set.of("system", "user", "assistant").contains(message.path("role").asString(""))) {
        throw new Refused(400, "invalid message " + keys);
      }
      last = message.path("content").asString("");
    }
    Answer answer = model.apply(last);
    List<Map<String, Object>> lines = new ArrayList<>();
    for (String word : List.of(answer.text().split("(?<= )", -1))) {
      lines.add(Map.of("message", Map.of("role", "assistant", "content", word), "done", false));
    }
    if (!misbehaves(Misbehaviour.BREAK_IN_CHAT)) {
      lines.add(
          Map.of(
              "message",
              Map.of("role", "assistant", "content", ""),
              "done",
              true,
              "done_reason",
              answer.doneReason(),
              "eval_count",
              lines.size()));
    }
    sendLines(exchange, lines);
  }

  private List<Map<String, String>> tags() {
    return store.models().entrySet().stream()
        .map(
            model ->
                Map.of(
                    "name",
                    model.getKey(),
                    "model",
                    model.getKey(),
                    "digest",
                    FakeOllamaStore.digest(model.getValue())))
        .toList();
  }

  private JsonNode model(JsonNode request, String key, String name) {
    JsonNode found = store.models().get(name);
    if (found == null) {
      throw new Refused(404, "model '" + request.path(key).asString("") + "' not found");
    }
    return found;
  }

  private static String name(JsonNode request, String key) {
    String name = request.path(key).asString("");
    if (!name.matches(NAME)) {
      throw new Refused(400, "invalid model name");
    }
    return name.contains(":") ? name : name + ":latest";
  }

  private static void sendLines(HttpExchange exchange, List<? extends Map<String, ?>> lines)
      throws IOException {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(Json.line(line)).append('\n'));
    send(exchange, 200, "application/x-ndjson", text.toString());
  }

  private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
    send(exchange, status, "application/json", Json.line(body));
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}

package dev.pipeline.release.ollama;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * A server that keeps Ollama's published contract (docs/api.md of its repository) and refuses
 * everything else, unknown fields included. It is not Ollama: it holds names and bytes, and what
 * its models answer a test decides. Here are its address, its routes and what a test asks of it;
 * each kind of call is answered by a class of its own.
 */
public final class FakeOllama implements AutoCloseable {
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

  private final AtomicReference<Misbehaviour> next = new AtomicReference<>(Misbehaviour.NONE);
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final FakeOllamaBlobs blobs;
  private final FakeOllamaModels models;
  private final FakeOllamaChatCompletion chat;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile Function<String, Answer> model = prompt -> new Answer("Understood.", "stop");

  /** Starts on a free port of this machine. */
  public FakeOllama() throws IOException {
    this(0);
  }

  /** Starts on {@code port}. */
  public FakeOllama(int port) throws IOException {
    FakeOllamaStore store = new FakeOllamaStore();
    this.blobs = new FakeOllamaBlobs(store, calls, this::misbehaves);
    this.models = new FakeOllamaModels(store, calls, this::misbehaves);
    this.chat = new FakeOllamaChatCompletion(models, this::misbehaves);
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
        blobs.answer(exchange, path.substring("/api/blobs/".length()));
        return;
      }
      byte[] body = exchange.getRequestBody().readAllBytes();
      switch (call) {
        case "GET /api/version" ->
            FakeOllamaResponse.json(exchange, 200, Map.of("version", "0.0.0-fake"));
        case "GET /api/tags" -> models.list(exchange);
        case "POST /api/show" -> models.show(exchange, FakeOllamaRequest.read(body, "model"));
        case "POST /api/create" ->
            models.create(
                exchange,
                FakeOllamaRequest.read(
                    body,
                    "model",
                    "files",
                    "template",
                    "system",
                    "license",
                    "parameters",
                    "stream"));
        case "POST /api/copy" ->
            models.copy(exchange, FakeOllamaRequest.read(body, "source", "destination"));
        case "DELETE /api/delete" -> models.delete(exchange, FakeOllamaRequest.read(body, "model"));
        case "POST /api/chat" ->
            chat.answer(
                exchange,
                FakeOllamaRequest.read(body, "model", "messages", "options", "stream"),
                model);
        default -> FakeOllamaResponse.json(exchange, 404, Map.of("error", "404 page not found"));
      }
    } catch (FakeOllamaRefusal refusal) {
      FakeOllamaResponse.json(exchange, refusal.status, Map.of("error", refusal.error()));
    }
  }

  private boolean misbehaves(Misbehaviour misbehaviour) {
    return next.compareAndSet(misbehaviour, Misbehaviour.NONE);
  }
}

package dev.pipeline.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Json;
import dev.pipeline.serve.chat.Grounding;
import dev.pipeline.serve.chat.SpeakerSource;
import dev.pipeline.serve.guard.AccessToken;
import dev.pipeline.talk.Speaker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The whole service on a free port of this machine, over a folder of a test's own. */
final class Served implements AutoCloseable {
  static final String TOKEN = "0123456789abcdef0123456789abcdef";

  final PipelineServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  Served(PipelineServer server) {
    this.server = server;
  }

  /** What status and text a request was answered with. */
  record Reply(int status, String text, java.net.http.HttpHeaders headers) {}

  static PipelineConfig config(Path home, String... overrides) {
    try {
      Path file = Files.createDirectories(home).resolve("all.yaml");
      Files.writeString(
          file,
          "model:\n  model_name: m\n  output_dir: %s\n  dataset_dir: %s\n"
              .formatted(home.resolve("artifacts"), home.resolve("datasets")));
      return ConfigLoader.load(file, List.of(overrides), "serve");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As people start it. */
  static Served start(PipelineConfig config) {
    return new Served(
        PipelineServer.start(
            config, new ServeOptions(InetAddress.getLoopbackAddress(), 0, Optional.empty())));
  }

  /** With a model and documents. */
  static Served start(PipelineConfig config, Speaker speaker, Grounding grounding) {
    return new Served(
        PipelineServer.start(
            config,
            new ServeOptions(InetAddress.getLoopbackAddress(), 0, Optional.empty()),
            context -> {
              context.registerBean(SpeakerSource.class, () -> () -> speaker);
              context.registerBean("testGrounding", Grounding.class, () -> grounding);
            }));
  }

  /** With a model that {@code source} loads, and a token where {@code guarded}. */
  static Served start(PipelineConfig config, boolean guarded, SpeakerSource source) {
    ServeOptions options =
        new ServeOptions(
            InetAddress.getLoopbackAddress(),
            0,
            guarded ? Optional.of(new AccessToken(TOKEN)) : Optional.empty());
    return new Served(
        PipelineServer.start(
            config, options, context -> context.registerBean(SpeakerSource.class, () -> source)));
  }

  Reply get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  Reply post(String path, String json, String... headers) {
    return send("POST", path, json, headers);
  }

  Reply send(String method, String path, @Nullable String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<String> reply =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Reply(reply.statusCode(), reply.body(), reply.headers());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The page at {@code path}. */
  String html(String path) {
    Reply reply = get(path, "Accept", "text/html");
    assertThat(reply.status()).as(path).isEqualTo(200);
    return reply.text();
  }

  /** What {@code path} answers to programs. */
  JsonNode json(String path) {
    Reply reply = get(path);
    assertThat(reply.status()).as("%s: %s", path, reply.text()).isEqualTo(200);
    return Json.mapper().readTree(reply.text());
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /** The status of a request that no client of the JDK would send: every byte of it is given. */
  int raw(String request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      StringBuilder line = new StringBuilder();
      for (int next = socket.getInputStream().read();
          next >= 0 && next != '\n';
          next = socket.getInputStream().read()) {
        line.append((char) next);
      }
      return line.length() < 12 ? 0 : Integer.parseInt(line.substring(9, 12));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}

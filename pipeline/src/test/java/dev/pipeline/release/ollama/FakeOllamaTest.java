package dev.pipeline.release.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.pipeline.chat.ChatMessage;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Progress;
import dev.pipeline.release.ollama.FakeOllama.Misbehaviour;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract against the stand-in, and the ways in which a server goes wrong. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FakeOllamaTest implements OllamaContract {
  @TempDir private static Path folder;

  private FakeOllama server;

  @BeforeAll
  void start() throws IOException {
    server = new FakeOllama();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  public URI address() {
    return server.address();
  }

  @ParameterizedTest
  @CsvSource({"ERROR_IN_STREAM,no space left on device", "STREAM_ENDS_EARLY,stopped creating"})
  void aCreationThatBreaksOffFails(Misbehaviour misbehaviour, String reason) throws IOException {
    Path file = TinyGguf.write(folder.resolve(misbehaviour + ".gguf"), "broken");
    String sha256 = Hashes.sha256(file);
    CreateRequest request = request("m", sha256, Map.of());
    try (FakeOllama broken = new FakeOllama();
        OllamaClient client = new OllamaClient(broken.address(), Duration.ofSeconds(5))) {
      broken.misbehave(misbehaviour);
      client.pushBlob(file, sha256, Progress.SILENT);
      assertThatThrownBy(() -> client.create(request, status -> {}))
          .isInstanceOf(Failure.class)
          .hasMessageContaining(reason);
      assertThat(client.tags()).isEmpty();
    }
  }

  @Test
  void anUploadMayTakeLongerThanTheServerMayBeSilent() throws IOException {
    byte[] content = new byte[16 << 20];
    new Random(7).nextBytes(content);
    Path file = Files.write(folder.resolve("large.gguf"), content);
    List<Long> sent = new ArrayList<>();
    try (FakeOllama slow = new FakeOllama();
        OllamaClient client = new OllamaClient(slow.address(), Duration.ofSeconds(2))) {
      slow.misbehave(Misbehaviour.SLOW_UPLOAD);
      client.pushBlob(file, Hashes.sha256(file), (done, total, words) -> sent.add(done));
      assertThat(client.hasBlob(Hashes.sha256(file))).isTrue();
      assertThat(sent).isSorted().endsWith(16L).hasSizeGreaterThan(15);
    }
  }

  @Test
  void aServerThatTakesNothingFails() throws IOException {
    Path file = Files.write(folder.resolve("stalled.gguf"), new byte[64 << 20]);
    String sha256 = Hashes.sha256(file);
    try (FakeOllama stalled = new FakeOllama();
        OllamaClient client = new OllamaClient(stalled.address(), Duration.ofMillis(300))) {
      stalled.misbehave(Misbehaviour.STALLED_UPLOAD);
      assertThatThrownBy(() -> client.pushBlob(file, sha256, Progress.SILENT))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("does not answer");
    }
  }

  @Test
  void refusesWhatTheContractDoesNotKnow() throws IOException {
    Path file = TinyGguf.write(folder.resolve("unknown.gguf"), "unknown");
    String sha256 = Hashes.sha256(file);
    try (OllamaClient client = client()) {
      client.pushBlob(file, sha256, Progress.SILENT);
      assertThatThrownBy(
              () -> client.create(request("m", sha256, Map.of("temprature", 1)), status -> {}))
          .hasMessageContaining("invalid parameter temprature");
      assertThatThrownBy(() -> client.create(request("../m", sha256, Map.of()), status -> {}))
          .hasMessageContaining("invalid model name");
    }
  }

  @Test
  void anAnswerComesInPartsAndSaysWhyItEnded() throws IOException {
    try (FakeOllama chatting = new FakeOllama();
        OllamaClient client = new OllamaClient(chatting.address(), Duration.ofSeconds(5))) {
      Path file = TinyGguf.write(folder.resolve("chat.gguf"), "chat");
      client.pushBlob(file, Hashes.sha256(file), Progress.SILENT);
      client.create(request("m:v1", Hashes.sha256(file), Map.of()), status -> {});
      chatting.answer(asked -> new FakeOllama.Answer("you said " + asked, "length"));
      ChatReply reply =
          client.chat(
              "m:v1",
              List.of(ChatMessage.system("S"), ChatMessage.user("this one")),
              Map.of("temperature", 0, "num_predict", 8));
      assertThat(reply).isEqualTo(new ChatReply("you said this one", "length", 4));
      assertThat(reply.endedByItself()).isFalse();

      chatting.misbehave(Misbehaviour.BREAK_IN_CHAT);
      assertThatThrownBy(() -> client.chat("m:v1", List.of(ChatMessage.user("x")), Map.of()))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("broke off in the middle of an answer");
    }
  }

  @Test
  void aRedirectionIsNotFollowed() throws IOException {
    HttpServer elsewhere =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    elsewhere.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Location", server.address() + "/api/tags");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    elsewhere.start();
    URI address = URI.create("http://127.0.0.1:" + elsewhere.getAddress().getPort());
    try (OllamaClient client = new OllamaClient(address, Duration.ofSeconds(5))) {
      assertThatThrownBy(client::tags).hasMessageContaining("HTTP 302");
    } finally {
      elsewhere.stop(0);
    }
  }

  @Test
  void aServerThatIsNotOllamaHasNoVersion() throws IOException {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          byte[] page = "<html>welcome</html>".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    other.start();
    URI address = URI.create("http://127.0.0.1:" + other.getAddress().getPort());
    try (OllamaClient client = new OllamaClient(address, Duration.ofSeconds(5))) {
      assertThat(client.version()).isEmpty();
      assertThatThrownBy(client::tags)
          .isInstanceOf(Failure.class)
          .hasMessageContaining("something other than JSON");
    } finally {
      other.stop(0);
    }
  }

  @Test
  void refusesAnAddressThatIsNotHttp() {
    assertThatThrownBy(() -> new OllamaClient(URI.create("ftp://host"), Duration.ofSeconds(1)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("not an HTTP address");
  }

  private static CreateRequest request(String name, String sha256, Map<String, Object> parameters) {
    return new CreateRequest(
        name, Map.of("m.gguf", sha256), "t", parameters, Optional.empty(), Optional.empty());
  }
}

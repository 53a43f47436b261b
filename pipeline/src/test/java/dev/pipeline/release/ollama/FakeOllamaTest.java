package dev.pipeline.release.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.release.ollama.FakeOllama.Misbehaviour;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
    server = new FakeOllama(Misbehaviour.NONE);
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
    CreateRequest request =
        new CreateRequest("m", Map.of("m.gguf", sha256), "t", Map.of(), Optional.empty());
    try (FakeOllama broken = new FakeOllama(misbehaviour);
        OllamaClient client = new OllamaClient(broken.address(), Duration.ofSeconds(5))) {
      client.pushBlob(file, sha256);
      assertThatThrownBy(() -> client.create(request, status -> {}))
          .isInstanceOf(Failure.class)
          .hasMessageContaining(reason);
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
}

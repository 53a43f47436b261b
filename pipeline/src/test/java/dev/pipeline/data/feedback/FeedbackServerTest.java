package dev.pipeline.data.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.http.SmallServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over real connections. */
class FeedbackServerTest {
  private static final String TOKEN = "a-token-of-some-length";
  private static final String LIKED = FeedbackStoreTest.liked("a-1", "Noted.");

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Optional<FeedbackServer> server = Optional.empty();

  @AfterEach
  void stop() {
    server.ifPresent(FeedbackServer::close);
  }

  @Test
  void keepsWhatItIsSent() throws Exception {
    start(Optional.empty());
    HttpResponse<String> reply = post(LIKED);
    assertThat(reply.statusCode()).isEqualTo(201);
    assertThat(reply.body()).isEqualTo("{\"id\":\"a-1\"}");
    assertThat(post(LIKED).statusCode()).isEqualTo(200);
    assertThat(post(LIKED.replace("Noted", "Other words")).statusCode()).isEqualTo(409);
    assertThat(Stores.in(folder).all()).hasSize(1);
  }

  @Test
  void manyAtOnceAreAllKept() {
    start(Optional.empty());
    List<Integer> statuses =
        IntStream.range(0, 30)
            .parallel()
            .mapToObj(i -> status(FeedbackStoreTest.liked("a-" + i, "Noted.")))
            .toList();
    assertThat(statuses).containsOnly(201);
    assertThat(Stores.in(folder).all()).hasSize(30);
  }

  @Test
  void saysWhatIsWrongAndNeverRepeatsIt() throws Exception {
    start(Optional.empty());
    HttpResponse<String> reply = post("{\"message\": \"anna@example.com\", \"thumb\": \"up\"}");
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.body()).contains("'answer' is missing").doesNotContain("anna");
    assertThat(post("anna@example.com").body()).contains("no JSON").doesNotContain("anna");
    assertThat(post("{\"message\": \"" + "x".repeat(140_000) + "\"}").statusCode()).isEqualTo(413);
    assertThat(send("text/plain", LIKED).statusCode()).isEqualTo(415);
    assertThat(Stores.in(folder).all()).isEmpty();
  }

  @Test
  void onlyThePathAndTheMethodThatThereAre() throws Exception {
    start(Optional.empty());
    URI elsewhere = URI.create(address().toString().replace("/feedback", "/../etc/passwd"));
    assertThat(
            client
                .send(HttpRequest.newBuilder(elsewhere).build(), BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(404);
    assertThat(
            client
                .send(HttpRequest.newBuilder(address()).build(), BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(405);
  }

  @Test
  void aNameThatWasMadeToPointHereIsRefused() throws IOException {
    start(Optional.empty());
    assertThat(raw("Host: evil.example")).startsWith("HTTP/1.1 403");
    assertThat(raw("Host: 127.0.0.1", "Origin: http://evil.example")).startsWith("HTTP/1.1 403");
    assertThat(raw("Host: 127.0.0.1")).startsWith("HTTP/1.1 201");
    assertThat(Stores.in(folder).all()).hasSize(1);
  }

  @Test
  void aTokenIsAskedForWhereThereIsOne() throws Exception {
    start(Optional.of(TOKEN));
    assertThat(post(LIKED).statusCode()).isEqualTo(401);
    assertThat(post(LIKED, "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
    assertThat(post(LIKED, "Authorization", "Bearer " + TOKEN).statusCode()).isEqualTo(201);
    assertThat(Files.readString(folder.resolve(FeedbackStore.FILE))).doesNotContain(TOKEN);
  }

  @Test
  void strangersMayNotSendWithoutAToken() {
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () -> FeedbackServer.start(Stores.in(folder), "0.0.0.0", 0, Optional.empty()));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(failure.fix()).contains("PIPELINE_FEEDBACK_TOKEN");
    failure =
        catchThrowableOfType(
            Failure.class,
            () -> FeedbackServer.start(Stores.in(folder), "127.0.0.1", 0, Optional.of("short")));
    assertThat(failure.reason()).doesNotContain("short ").contains("16 characters");
  }

  private void start(Optional<String> token) {
    server = Optional.of(FeedbackServer.start(Stores.in(folder), "127.0.0.1", 0, token));
  }

  private URI address() {
    return URI.create(server.orElseThrow().address());
  }

  private int status(String body) {
    try {
      return post(body).statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> post(String body, String... header)
      throws IOException, InterruptedException {
    return send("application/json", body, header);
  }

  private HttpResponse<String> send(String type, String body, String... header)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address())
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body));
    if (header.length > 0) {
      request.headers(header);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private String raw(String... headers) throws IOException {
    String head =
        Stream.concat(
                Stream.of(headers),
                Stream.of("Content-Type: application/json", "Content-Length: " + LIKED.length()))
            .collect(Collectors.joining("\r\n", "POST /feedback HTTP/1.1\r\n", "\r\n\r\n"));
    try (Socket socket = new Socket(SmallServer.thisMachine(), address().getPort())) {
      socket.getOutputStream().write((head + LIKED).getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      return new String(in.readNBytes(12), StandardCharsets.US_ASCII);
    }
  }
}

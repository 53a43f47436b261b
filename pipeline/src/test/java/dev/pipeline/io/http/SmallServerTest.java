package dev.pipeline.io.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** People who send a word at a time are not in the way of the others. */
@Timeout(120)
class SmallServerTest {
  private static final int SLOW = 40;

  /** Whoever hears nothing for so long was forgotten. */
  private static final int MOST_MILLIS = 60_000;

  private static final String HALF_A_HEADER = "GET / HTTP/1.1\r\nHost: local";
  private static final String HALF_A_BODY =
      "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{\"half\":";

  @Test
  void othersAreAnsweredWhileManySendSlowly() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try (SmallServer server =
        SmallServer.start(SmallServer.thisMachine(), 0, 1000, request -> Reply.json("heard"))) {
      for (int i = 0; i < SLOW; i++) {
        slow.add(send(server.port(), i % 2 == 0 ? HALF_A_HEADER : HALF_A_BODY));
      }

      assertThat(ask(server)).isEqualTo("\"heard\"");

      // They were in the middle of it all the time: finished now, most are still answered.
      int answered = 0;
      for (int i = 0; i < SLOW; i += 2) {
        answered += finished(slow.get(i), "host\r\n\r\n").contains("200 OK") ? 1 : 0;
      }
      assertThat(answered).isPositive();
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void whoNeverEndsIsHungUpOn() throws IOException {
    Process alone =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SmallServerAlone.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = alone.inputReader()) {
      int port = Integer.parseInt(said.readLine());
      try (Socket header = send(port, HALF_A_HEADER);
          Socket body = send(port, HALF_A_BODY)) {
        assertThat(header.getInputStream().readAllBytes()).isEmpty();
        assertThat(body.getInputStream().readAllBytes()).isEmpty();
      }
    } finally {
      alone.destroy();
    }
  }

  @Test
  void aDefectCostsOneAnswer() throws Exception {
    CountDownLatch defects = new CountDownLatch(1);
    try (SmallServer server =
        SmallServer.start(
            SmallServer.thisMachine(),
            0,
            1000,
            request -> {
              if (defects.getCount() > 0) {
                defects.countDown();
                throw new IllegalStateException("planted");
              }
              return Reply.json("heard");
            })) {
      assertThat(ask(server)).contains("unexpected error").doesNotContain("planted");
      assertThat(ask(server)).isEqualTo("\"heard\"");
    }
  }

  private static Socket send(int port, String beginning) throws IOException {
    Socket socket = new Socket(SmallServer.thisMachine(), port);
    socket.setSoTimeout(MOST_MILLIS);
    socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  private static String finished(Socket socket, String end) {
    try {
      socket.getOutputStream().write(end.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII);
    } catch (IOException hungUp) {
      return "";
    }
  }

  private static String ask(SmallServer server) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}

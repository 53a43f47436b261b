package dev.pipeline.evaluate.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewServerTest {
  @TempDir Path home;
  private ReviewFolder folder;

  @BeforeEach
  void create() {
    folder = ReviewFolder.create(home, ReviewDraw.of(Contests.contest(9), null, 3, 3));
  }

  @Test
  void bringsThePageAndKeepsOpinionsOverHttp() throws Exception {
    try (ReviewServer server = ReviewServer.start(folder, List.of("Anna"), 0)) {
      URI page = URI.create(server.links().get("Anna"));
      HttpResponse<String> shown = send("GET", page, "");
      assertThat(shown.statusCode()).isEqualTo(200);
      assertThat(shown.headers().firstValue("Content-Security-Policy").orElse(""))
          .startsWith("default-src 'none'");
      assertThat(shown.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
      assertThat(shown.headers().map().toString().toLowerCase(Locale.ROOT))
          .doesNotContain("set-cookie", "access-control");

      String item = "/api/opinions/" + folder.items().get(0).id();
      String opinion = "{\"preference\":\"tie\",\"left\":{},\"right\":{},\"comment\":\"é\"}";
      assertThat(send("PUT", page.resolve(item), opinion).statusCode()).isEqualTo(401);
      assertThat(send("PUT", page, opinion, item).statusCode()).isEqualTo(204);
    }
    assertThat(ReviewLog.read(folder.log()))
        .extracting(LogEntry::opinion)
        .extracting(Opinion::comment)
        .containsExactly("é");
  }

  @Test
  void aPortThatIsTakenIsSaidAndTheFolderIsFreeAgain() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> ReviewServer.start(folder, List.of("Anna"), taken.getLocalPort()))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("cannot listen on port " + taken.getLocalPort());
    }
    assertThatThrownBy(() -> ReviewServer.start(folder, List.of("Anna"), 70_000))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("70000");
    ReviewServer.start(folder, List.of("Anna"), 0).close();
  }

  @Test
  void twoServersDoNotShareAReview() {
    try (ReviewServer server = ReviewServer.start(folder, List.of("Anna"), 0)) {
      assertThat(server.links()).hasSize(1);
      assertThatThrownBy(() -> ReviewServer.start(folder, List.of(), 0))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("another process");
    }
  }

  private static HttpResponse<String> send(String method, URI uri, String body) throws Exception {
    return send(HttpRequest.newBuilder(uri), method, body);
  }

  /** With the token of the reviewer's link. */
  private static HttpResponse<String> send(String method, URI link, String body, String path)
      throws Exception {
    return send(
        HttpRequest.newBuilder(link.resolve(path))
            .header("Authorization", "Bearer " + link.getFragment()),
        method,
        body);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request, String method, String body)
      throws Exception {
    return HttpClient.newHttpClient()
        .send(
            request.method(method, HttpRequest.BodyPublishers.ofString(body)).build(),
            HttpResponse.BodyHandlers.ofString());
  }
}

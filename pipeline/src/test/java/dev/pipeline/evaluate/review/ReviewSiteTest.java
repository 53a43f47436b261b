package dev.pipeline.evaluate.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.http.Reply;
import dev.pipeline.io.http.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ReviewSiteTest {
  private static final String OPINION =
      "{\"preference\":\"left\",\"left\":{\"tone\":4},\"right\":{\"tone\":2},\"comment\":\"Warm.\"}";

  @TempDir Path home;
  private ReviewFolder folder;
  private ReviewDesk desk;
  private ReviewSite site;

  @BeforeEach
  void open() {
    folder = ReviewFolder.create(home, ReviewDraw.of(Contests.contest(40), null, 30, 3));
    start();
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void keepsWhatAReviewerSaysOverARestart() {
    assertThat(put(item(0), OPINION).status()).isEqualTo(204);
    assertThat(put("/api/approval", "{\"state\":\"approved\",\"reason\":\"\"}").status())
        .isEqualTo(204);
    desk.close();
    start();
    JsonNode review = review("Anna");
    assertThat(review.at("/opinions").propertyNames()).containsExactly(id(0));
    assertThat(review.at("/opinions/" + id(0)).toString()).isEqualTo(OPINION);
    assertThat(review.at("/approval/state").asString()).isEqualTo("approved");
  }

  @Test
  void aReviewerSeesNothingOfAnother() {
    put(item(0), OPINION);
    assertThat(review("Ben").at("/opinions").isEmpty()).isTrue();
    assertThat(review("Ben").at("/reviewer").asString()).isEqualTo("Ben");
    assertThat(review("Ben").toString()).doesNotContain("Anna", "Warm.");
  }

  @Test
  void nothingThatIsSentNamesAModel() {
    put(item(0), OPINION);
    for (Reply reply : everyReply()) {
      String sent = new String(reply.body(), StandardCharsets.UTF_8) + Reply.HEADERS;
      assertThat(Contests.LABELS).filteredOn(sent.toLowerCase(Locale.ROOT)::contains).isEmpty();
    }
  }

  @Test
  void theSameIsSentWhicheverModelWroteWhich() throws IOException {
    everyReply();
    List<String> sent = everyReply().stream().map(ReviewSiteTest::text).toList();
    desk.close();
    AtomicFiles.writeString(folder.path().resolve("key.json"), "{\"the\":\"other way round\"}");
    start();
    assertThat(everyReply().stream().map(ReviewSiteTest::text)).isEqualTo(sent);
    Files.delete(folder.path().resolve("key.json"));
    desk.close();
    start();
    assertThat(everyReply().stream().map(ReviewSiteTest::text)).isEqualTo(sent);
  }

  @Test
  void onlyTheOwnerOfTheFolderLooksInside() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
        .isEqualTo("rwx------");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:80, , 200",
    "localhost, , 200",
    "[::1]:9, , 200",
    "127.0.0.1:80, http://127.0.0.1:80, 200",
    "127.0.0.1:80, http://127.0.0.1:81, 403",
    "127.0.0.1:80, https://evil.example, 403",
    "127.0.0.1:80, null, 403",
    "evil.example, , 403",
    "127.0.0.1.evil.example:80, , 403",
    "'', , 403"
  })
  void answersThisMachineAlone(String host, String origin, int status) {
    Map<String, String> headers = new HashMap<>(headers("Anna"));
    headers.put("Host", host);
    if (origin != null) {
      headers.put("Origin", origin);
    }
    for (String path : List.of("/", "/api/review")) {
      assertThat(site.answer(new Request("GET", path, headers, new byte[0])).status())
          .isEqualTo(status);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer ", "Bearer x", "Basic QW5uYQ=="})
  void wantsAToken(String authorization) {
    Map<String, String> headers = Map.of("Host", "localhost", "Authorization", authorization);
    byte[] body = OPINION.getBytes(StandardCharsets.UTF_8);
    assertThat(site.answer(new Request("GET", "/api/review", headers, body)).status())
        .isEqualTo(401);
    assertThat(site.answer(new Request("PUT", item(0), headers, body)).status()).isEqualTo(401);
    assertThat(ReviewLog.read(folder.log())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"left\":{},\"right\":{}}",
        "{\"left\":{\"tone\":6},\"right\":{},\"comment\":\"\"}",
        "{\"left\":{\"tone\":null},\"right\":{},\"comment\":\"\"}",
        "{\"left\":{\"tone\":1.5},\"right\":{},\"comment\":\"\"}",
        "{\"left\":{\"mood\":1},\"right\":{},\"comment\":\"\"}",
        "{\"preference\":\"both\",\"left\":{},\"right\":{},\"comment\":\"\"}",
        "{\"left\":{},\"right\":{},\"comment\":\"\",\"more\":1}"
      })
  void refusesWhatIsNoOpinion(String body) {
    assertThat(put(item(0), body).status()).isEqualTo(400);
    assertThat(ReviewLog.read(folder.log())).isEmpty();
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(put("/api/opinions/000000000000", OPINION).status()).isEqualTo(400);
    assertThat(put("/api/approval", "{\"reason\":\"\"}").status()).isEqualTo(400);
    assertThat(put("/api/review", OPINION).status()).isEqualTo(405);
    assertThat(put("/", OPINION).status()).isEqualTo(405);
    assertThat(get("Anna", item(0)).status()).isEqualTo(405);
    for (String path : List.of("/key.json", "/api", "/../key.json", "/review.html")) {
      assertThat(get("Anna", path).status()).isEqualTo(404);
    }
    String comment = "x".repeat(4_001);
    assertThat(put(item(0), OPINION.replace("Warm.", comment)).status()).isEqualTo(400);
    assertThat(put(item(0), "x".repeat(ReviewSite.LARGEST_BODY + 1)).status()).isEqualTo(413);
    assertThat(ReviewLog.read(folder.log())).isEmpty();
  }

  @Test
  void aReviewerIsInvitedOnceAndByAProperName() {
    String token = desk.reviewers().named("anna ").orElseThrow().token();
    Reviewers again = folder.reviewers().invite(List.of("ANNA", "Cleo"));
    assertThat(again.all()).extracting(Reviewer::name).containsExactly("Anna", "Ben", "Cleo");
    assertThat(again.withToken(token)).map(Reviewer::name).contains("Anna");
    assertThatThrownBy(() -> folder.reviewers().invite(List.of(" "))).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> folder.reviewers().invite(List.of("a\nb")))
        .isInstanceOf(Failure.class);
  }

  private void start() {
    desk = ReviewDesk.open(folder, List.of("Anna", "Ben"));
    site = new ReviewSite(desk);
  }

  private List<Reply> everyReply() {
    List<Reply> replies = new ArrayList<>();
    for (String path : List.of("/", "/review.js", "/review.css", "/api/review", "/nothing")) {
      replies.add(get("Anna", path));
    }
    replies.add(put(item(1), OPINION));
    replies.add(put(item(1), "{}"));
    replies.add(put("/api/opinions/none", OPINION));
    return replies;
  }

  private JsonNode review(String reviewer) {
    return Json.mapper().readTree(get(reviewer, "/api/review").body());
  }

  private Reply get(String reviewer, String path) {
    return site.answer(new Request("GET", path, headers(reviewer), new byte[0]));
  }

  private Reply put(String path, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return site.answer(new Request("PUT", path, headers("Anna"), bytes));
  }

  private Map<String, String> headers(String reviewer) {
    String token = desk.reviewers().named(reviewer).orElseThrow().token();
    return Map.of("Host", "localhost:1", "Authorization", "Bearer " + token);
  }

  private String item(int index) {
    return "/api/opinions/" + id(index);
  }

  private String id(int index) {
    return folder.items().get(index).id();
  }

  private static String text(Reply reply) {
    return reply.status() + reply.type() + new String(reply.body(), StandardCharsets.UTF_8);
  }
}

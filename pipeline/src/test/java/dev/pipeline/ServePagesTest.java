package dev.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of {@code pipeline serve} in a real browser, worked by keyboard, over a real chain. */
@Tag("e2e")
class ServePagesTest {
  private static final String TAB = "\uE004";
  private static final String ENTER = "\uE007";
  private static final List<String> PAGES =
      List.of("runs", "datasets", "releases", "plans", "drift", "reviews", "chat", "api");

  @TempDir static Path home;
  private static SmokeConfig config;

  @BeforeAll
  static void makeAModel() {
    config = SmokeConfig.in(home);
    Program.Ended end = Program.run("run", "sft", "--config", config.folder().toString());
    assertThat(end.status()).as(end.text()).isZero();
  }

  @Test
  void peopleFindTheirWayByKeyboard() throws IOException {
    try (Serving serving = Serving.start(Map.of(), "--config", config.folder().toString());
        Browser browser = Browser.start(home.resolve("profile-1"))) {
      browser.open(serving.page(""));
      browser.await("main", "sft");
      browser.type(TAB);
      assertThat(focused(browser)).isEqualTo("Skip to content");
      browser.type(TAB.repeat(2));
      assertThat(focused(browser)).isEqualTo("Datasets");
      browser.type(ENTER);
      browser.await("h1", "What models learn from");
      for (String page : PAGES) {
        browser.open(serving.page(page));
        browser.await("nav a[aria-current=page]", "");
        assertThat(browser.evaluate("return getComputedStyle(document.body).maxWidth").asString())
            .as("the style of %s is heard", page)
            .isEqualTo("1120px");
      }
      follow(browser, serving.page("runs"), "evaluate");
      browser.await("main", "Passed.");
      follow(browser, serving.page("runs"), "sft");
      browser.await("figure h3", "Loss");
      follow(browser, serving.page("releases"), "Release 1");
      browser.await("main", "From the rows to the file that serves");
      follow(browser, serving.page("datasets"), "curated");
      browser.await("#left-out", "What was left out");
    }
  }

  @Test
  void aTrainingIsFollowedWithoutReloading() throws Exception {
    try (Serving serving = Serving.start(Map.of(), "--config", config.folder().toString());
        Browser browser = Browser.start(home.resolve("profile-2"))) {
      browser.open(serving.page("runs"));
      browser.await("main", "sft");
      CompletableFuture<Program.Ended> training =
          CompletableFuture.supplyAsync(
              () ->
                  Program.run(
                      "run",
                      "sft",
                      "--only",
                      "--config",
                      config.folder().toString(),
                      "num_epochs=10"));
      browser.await(".state.running", "running");
      browser.await(".pace", "left");
      follow(browser, null, "sft");
      browser.await("h1", "sft");
      browser.await(".pace", "loss");
      browser.await("figcaption", "training from");
      Program.Ended end = training.join();
      assertThat(end.status()).as(end.text()).isZero();
      browser.await(".lead", "done");
    }
  }

  @Test
  void onePersonChatsAndIsRemembered() throws IOException {
    try (Serving serving = Serving.start(Map.of(), "--config", config.folder().toString());
        Browser browser = Browser.start(home.resolve("profile-3"))) {
      browser.open(serving.page("chat"));
      browser.await("#talk[data-ready]", "Ask something");
      browser.type("What about the price of steel?" + ENTER);
      browser.await("#state", "tokens in");
      String answer = browser.text("#messages li.assistant > div");
      assertThat(answer).isNotBlank();
      browser.open("about:blank");
      browser.open(serving.page("chat"));
      browser.await("#conversations", "What about the price of steel?");
      browser.evaluate("document.querySelector('#conversations button').click()");
      browser.await("#messages li.assistant", answer);
      browser.evaluate("document.querySelector('[aria-label=\"Good answer\"]').click()");
      browser.await("#state", "Thank you");
      browser.evaluate("document.getElementById('forget').click()");
      browser.await("body:has(#conversations:empty) #empty", "Ask something");
    }
    assertThat(
            Program.run("feedback", "list", "--json", "--config", config.folder().toString())
                .text())
        .contains("steel");
  }

  @Test
  void aTokenIsAskedForOnce() throws IOException {
    String token = "0123456789abcdef0123456789abcdef";
    try (Serving serving =
            Serving.start(
                Map.of("PIPELINE_SERVE_TOKEN", token), "--config", config.folder().toString());
        Browser browser = Browser.start(home.resolve("profile-4"))) {
      browser.open(serving.page("datasets"));
      browser.await("h1", "pipeline");
      browser.type("wrong" + ENTER);
      browser.await("[role=alert]", "not the token");
      browser.type(token + ENTER);
      browser.await("main", "sft");
      assertThat(browser.evaluate("return document.cookie").asString()).isEmpty();
      browser.open(serving.page("datasets"));
      browser.await("h1", "What models learn from");
      browser.evaluate("document.querySelector('.out button').click()");
      browser.await("label", "Token");
    }
    Program.Ended elsewhere =
        Program.run("serve", "--host", "0.0.0.0", "--config", config.folder().toString());
    assertThat(elsewhere.status()).isEqualTo(2);
    assertThat(elsewhere.text()).contains("there is no token", "PIPELINE_SERVE_TOKEN");
  }

  @Test
  void oneDatabaseServesOneService() throws IOException {
    try (Serving serving = Serving.start(Map.of(), "--config", config.folder().toString())) {
      Program.Ended second =
          Program.run("serve", "--port", "0", "--config", config.folder().toString());
      assertThat(second.status()).as(serving.page("")).isEqualTo(3);
      assertThat(second.text()).contains("another pipeline serve may hold it");
    }
  }

  /** Follows the first link with these words, of {@code page} or of the one that is open. */
  static void follow(Browser browser, @Nullable String page, String words) {
    if (page != null) {
      browser.open(page);
    }
    browser.await("main", words);
    browser.evaluate(
        "[...document.querySelectorAll('main a')]"
            + ".find(link => link.innerText.includes(arguments[0])).focus()",
        words);
    browser.type(ENTER);
  }

  private static String focused(Browser browser) {
    return browser.evaluate("return document.activeElement.innerText").asString();
  }
}

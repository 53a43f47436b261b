package dev.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import dev.pipeline.release.ollama.FakeOllama;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The pages of {@code pipeline serve} in a real browser, worked by keyboard, over a real chain. */
@Tag("e2e")
class ServePagesTest {
  private static final String TAB = "\uE004";
  private static final String ENTER = "\uE007";
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final List<String> PAGES =
      List.of(
          "runs", "datasets", "releases", "lineage", "plans", "drift", "reviews", "chat", "api");

  /** Whether the page is whole, and a field for the token has the focus by itself. */
  private static final String READY =
      "return document.readyState === 'complete' && document.activeElement.id === 'token'";

  @TempDir static Path home;
  private static SmokeConfig config;
  private static String digestAtOllama = "";
  private static @Nullable Serving serving;
  private static @Nullable Browser browser;

  @BeforeAll
  static void makeAModelAndOpenABrowser() throws IOException {
    config = SmokeConfig.in(home);
    // What pages show of these is the same with one of each.
    config.set("package", "quantizations", "[Q4_K_M]");
    config.set("package", "importance_matrix", "never");
    config.set("evaluate", "suite_items", 1);
    try (FakeOllama ollama = new FakeOllama()) {
      succeed("run", "sft", "--set", "ollama_url=" + ollama.address());
      digestAtOllama = digest(ollama, "smoke-joshi:v1");
    }
    succeed("run", "drift");
    succeed("review", "create");
    browser = Browser.start(home.resolve("profile"));
    serving = Serving.start(Map.of(), "--config", config.folder().toString());
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
    if (serving != null) {
      serving.close();
    }
  }

  @Test
  void peopleFindTheirWayByKeyboard() {
    browser().open(page(""));
    browser().await("main", "sft");
    browser().type(TAB);
    assertThat(focused()).isEqualTo("Skip to content");
    browser().type(TAB.repeat(2));
    assertThat(focused()).isEqualTo("Datasets");
    browser().type(ENTER);
    browser().await("h1", "What models learn from");
    for (String page : PAGES) {
      browser().open(page(page));
      browser().await("nav a[aria-current=page]", "");
      assertThat(browser().evaluate("return getComputedStyle(document.body).maxWidth").asString())
          .as("the style of %s is heard", page)
          .isEqualTo("1120px");
    }
    follow(browser(), page("runs"), "evaluate");
    browser().await("main", "Passed.");
    follow(browser(), page("runs"), "sft");
    browser().await("figure h3", "Loss");
    follow(browser(), page("releases"), "Release 1");
    browser().await("main", "From the rows to the file that serves");
    follow(browser(), page("datasets"), "curated");
    browser().await("#left-out", "What was left out");
    browser().open(page("drift"));
    browser().await("figure", "Fall of the rubric");
  }

  @Test
  void aRowLeadsToTheModelThatServesAndBack() {
    String gguf = Hashes.sha256(home.resolve("artifacts/smoke-joshi/models/smoke-joshi.gguf"));
    follow(browser(), page("datasets"), "curated");
    browser().await("#row-1", "Lineage");
    String question = browser().text("#row-1 .message");
    assertThat(question).isNotBlank();
    follow(browser(), null, "Lineage of ");
    browser().await("h1", "Where things came from");
    browser().await(".way .subject", "line 1 of train.jsonl");
    assertThat(browser().text(".way"))
        .contains("raw row", "dataset", "adapter", "merged", gguf, "release 1", "smoke-joshi:v1");
    assertThat(browser().text(".way li:last-child")).contains("plan");
    follow(browser(), null, "smoke-joshi-Q4_K_M.gguf");
    browser().await(".way .subject", gguf);
    follow(browser(), null, "Look at every file");
    browser().await(".verdict.good", "All as they were.");
    follow(browser(), null, "smoke-joshi release 1");
    browser().await(".way .subject", "release 1");
    follow(browser(), null, "open the release");
    browser().await("h1", "Release 1");
    assertThat(browser().text(".way")).contains(gguf, digestAtOllama, "chat.jsonl");
    follow(browser(), null, "open the plan");
    browser().await("main", "What agents read");
    follow(browser(), null, "What it speaks of");
    browser().await(".way .subject", "plan");
    follow(browser(), null, "open the dataset");
    browser().await("#row-1 .message", question);
  }

  @Test
  void everyPageIsForEverybody() {
    List<String> pages = new ArrayList<>(PAGES);
    for (String list : List.of("runs", "datasets", "releases", "plans")) {
      browser().open(page(list));
      browser().await("main", "");
      browser()
          .evaluate("return [...document.querySelectorAll('main a')].map(a => a.pathname.slice(1))")
          .valueStream()
          .map(JsonNode::asString)
          .filter(path -> path.startsWith(list + "/"))
          .forEach(pages::add);
    }
    assertThat(pages).hasSizeGreaterThan(PAGES.size() + 8);
    pages.add("lineage?of=release:1");
    pages.add("lineage?of=release:1&verify=true");
    pages.add("lineage?of=nothing");
    pages.add("plans?q=negotiation");
    pages.add("login");
    pages.add("nowhere");
    pages.stream().distinct().forEach(page -> PageLooks.assertGood(browser(), page(page)));
  }

  @Test
  void aTrainingIsFollowedWithoutReloading() {
    browser().open(page("runs"));
    browser().await("main", "sft");
    CompletableFuture<Program.Ended> training =
        CompletableFuture.supplyAsync(() -> run("run", "sft", "--only", "num_epochs=6"));
    browser().await(".state.running", "running");
    browser().await(".pace", "left");
    assertThat(ask("runs_list")).contains("\\\"state\\\":\\\"running\\\"");
    follow(browser(), null, "sft");
    browser().await("h1", "sft");
    browser().await(".pace", "loss");
    browser().await("figcaption", "training from");
    Program.Ended end = training.join();
    assertThat(end.status()).as(end.text()).isZero();
    browser().await(".lead", "done");
  }

  @Test
  void onePersonChatsAndIsRemembered() {
    browser().open(page("chat"));
    browser().await("#talk[data-ready]", "Ask something");
    browser().type("What about the price of steel?" + ENTER);
    browser().await("#state", "tokens in");
    String answer = browser().text("#messages li.assistant > div");
    assertThat(answer).isNotBlank();
    PageLooks.assertReadable(browser(), "the chat");
    browser().open("about:blank");
    browser().open(page("chat"));
    browser().await("#conversations", "What about the price of steel?");
    browser().evaluate("document.querySelector('#conversations button').click()");
    browser().await("#messages li.assistant", answer);
    assertThat(browser().text("#messages .tools")).contains("Good answer", "Bad answer");
    browser().evaluate("document.querySelector('#messages .tools button').click()");
    browser().await("#state", "Thank you");
    browser().evaluate("document.getElementById('forget').click()");
    browser().await("body:has(#conversations:empty) #empty", "Ask something");
    assertThat(run("feedback", "list", "--json").text()).contains("steel");
  }

  @Test
  void aReviewerDecidesOnEverything() throws IOException {
    browser().open(page("reviews"));
    browser().await("main", "nobody is invited yet");
    Path folder;
    try (Stream<Path> reviews = Files.list(home.resolve("artifacts/smoke-joshi/reviews"))) {
      folder = reviews.findFirst().orElseThrow();
    }
    assertThat(browser().text("main")).contains("review invite --folder " + folder);
    int items = Files.readAllLines(folder.resolve("items.jsonl")).size();
    assertThat(items).isPositive();

    // The service has the review open before its reviewer is invited.
    browser().open(page("reviews/" + folder.getFileName() + "/#nobody"));
    browser().await("#trouble", "this link is not valid");
    Program.Ended invited =
        Program.run(
            "review",
            "invite",
            "--folder",
            folder.toString(),
            "--reviewer",
            "Anna",
            "--at",
            page(""));
    assertThat(invited.status()).as(invited.text()).isZero();
    String link = invited.lines().get(0).replaceFirst("^Anna  ", "");
    assertThat(link).startsWith(page("reviews/" + folder.getFileName() + "/#"));
    browser().open("about:blank");
    browser().open(link);
    browser().await("#reviewer", "Anna");
    PageLooks.assertReadable(browser(), "a review");
    for (int item = 1; item <= items; item++) {
      browser().await("#position", "Item " + item + " of " + items);
      browser().type("1t43g52s33cToo \"formal\"." + Browser.ESCAPE + "n");
    }
    browser().await("#summary", "Every item is finished");
    browser().type("a");
    browser().await("#count", items + " of " + items + " finished");
    browser().await("#saved", "All saved");
    browser().open(page("reviews"));
    browser().await("main", "Everybody is done");
    assertThat(Files.readAllLines(folder.resolve("opinions.jsonl")))
        .anyMatch(line -> line.contains("Anna") && line.contains("Too \\\"formal\\\"."))
        .anyMatch(line -> line.contains("approved"));
    JsonNode results =
        Json.mapper()
            .readTree(
                Program.run("review", "results", "--folder", folder.toString(), "--json").text());
    assertThat(results.at("/open").asInt()).isZero();
    assertThat(results.at("/win_rate/n").asInt()).isEqualTo(items);
    assertThat(results.at("/approvals/Anna/state").asString()).isEqualTo("approved");
  }

  @Test
  void aTokenIsAskedForOnce() throws IOException {
    SmokeConfig other = SmokeConfig.in(Files.createDirectories(home.resolve("guarded")));
    try (Serving guarded =
        Serving.start(
            Map.of("PIPELINE_SERVE_TOKEN", TOKEN), "--config", other.folder().toString())) {
      browser().open(guarded.page("datasets"));
      browser().await("h1", "pipeline");
      browser().awaitThat(READY);
      browser().type("wrong" + ENTER);
      browser().await("[role=alert]", "not the token");
      browser().awaitThat(READY);
      browser().type(TOKEN + ENTER);
      browser().await("main", "Nothing ran yet");
      assertThat(browser().evaluate("return document.cookie").asString()).isEmpty();
      browser().open(guarded.page("datasets"));
      browser().await("h1", "What models learn from");
      browser().evaluate("document.querySelector('.out button').click()");
      browser().await("label", "Token");
    }
    Program.Ended elsewhere = run("serve", "--host", "0.0.0.0");
    assertThat(elsewhere.status()).isEqualTo(2);
    assertThat(elsewhere.text()).contains("there is no token", "PIPELINE_SERVE_TOKEN");
  }

  @Test
  void oneDatabaseServesOneService() {
    Program.Ended second = run("serve", "--port", "0");
    assertThat(second.status()).as(page("")).isEqualTo(3);
    assertThat(second.text()).contains("another service may hold it");
  }

  private static Browser browser() {
    return Objects.requireNonNull(browser, "a browser is open");
  }

  private static String page(String path) {
    return Objects.requireNonNull(serving, "a service is open").page(path);
  }

  /** What the server itself says of the model called {@code name}. */
  private static String digest(FakeOllama ollama, String name) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(ollama.address() + "/api/tags")).build();
    HttpResponse<String> tags =
        HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
    return Json.mapper()
        .readTree(tags.body())
        .path("models")
        .valueStream()
        .filter(model -> model.path("name").asString("").equals(name))
        .map(model -> model.path("digest").asString(""))
        .findFirst()
        .orElseThrow();
  }

  /** What an agent gets that calls {@code tool}. */
  private static String ask(String tool) {
    String call =
        """
        {"jsonrpc": "2.0", "id": 1, "method": "tools/call",
         "params": {"name": "%s", "arguments": {}}}
        """
            .formatted(tool);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(page("mcp")))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(call))
            .build();
    return HttpClient.newHttpClient()
        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .join()
        .body();
  }

  private static Program.Ended run(String... arguments) {
    return Program.run(
        Stream.concat(Stream.of(arguments), Stream.of("--config", config.folder().toString()))
            .toArray(String[]::new));
  }

  private static void succeed(String... arguments) {
    Program.Ended end = run(arguments);
    assertThat(end.status()).as(end.text()).isZero();
  }

  /** Follows the first link or button with these words, of {@code page} or of the open one. */
  static void follow(Browser browser, @Nullable String page, String words) {
    if (page != null) {
      browser.open(page);
    }
    browser.awaitThat(
        "const found = [...document.querySelectorAll('main a:not(.chip), main button')]"
            + ".find(link => link.textContent.includes(arguments[0]));"
            + "found?.focus(); return document.activeElement === found",
        words);
    browser.type(ENTER);
  }

  private static String focused() {
    return browser().evaluate("return document.activeElement.innerText").asString();
  }
}

package dev.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.evaluate.EvaluationFiles;
import dev.pipeline.evaluate.review.Contests;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The review page in a real browser, worked by keyboard alone, over a server that dies. */
@Tag("e2e")
class ReviewPageTest {
  private static final int ITEMS = 30;
  private static final int CRASH = 14;
  private static final List<String> PREFERENCES = List.of("left", "right", "tie");
  private static final String KEYS = "120";
  private static final Path PICTURE = Path.of("../docs/images/review.png");

  @TempDir Path home;
  private Path folder;

  /** One reviewer, who answers by a rule of their own. */
  private record Person(String name, Browser browser, int habit) {
    int preference(int item) {
      return (item + habit) % PREFERENCES.size();
    }

    int rating(int item, int which) {
      return 1 + (item * habit + which) % 5;
    }

    String comment(int item) {
      return item % 3 == 0 ? name + " says \"1 step\" of item " + item + "." : "";
    }

    /** Everything but the way to the next item. */
    void judge(int item) {
      StringBuilder keys = new StringBuilder().append(KEYS.charAt(preference(item)));
      String criteria = "tgs";
      for (int i = 0; i < criteria.length(); i++) {
        keys.append(criteria.charAt(i)).append(rating(item, 2 * i)).append(rating(item, 2 * i + 1));
      }
      if (!comment(item).isEmpty()) {
        keys.append('c').append(comment(item)).append(Browser.ESCAPE);
      }
      browser.type(keys.toString());
    }
  }

  @BeforeEach
  void drawThirtyOfForty() throws IOException {
    EvaluationFiles.write(
        home.resolve("artifacts/m/runs/deadbeefcafe0001"), Contests.evaluation(40));
    Files.writeString(
        home.resolve("all.yaml"),
        "model:\n  model_name: m\n  output_dir: " + home + "/artifacts\n");
    String config = home.resolve("all.yaml").toString();
    Program.Ended end = Program.run("review", "create", "--config", config, "--seed", "20261121");
    assertThat(end.status()).as(end.text()).isZero();
    folder = Path.of(end.lines().get(0).replaceFirst(".* -> ", ""));
  }

  @Test
  void twoReviewersFinishOverACrashAndNothingIsLostOrTold() throws Exception {
    ReviewServing serving = ReviewServing.start(folder, "Anna", "Ben");
    try (RecordingProxy proxy = new RecordingProxy(serving.port());
        Browser first = Browser.start(home.resolve("profile-1"));
        Browser second = Browser.start(home.resolve("profile-2"))) {
      List<Person> people = List.of(new Person("Anna", first, 1), new Person("Ben", second, 2));
      for (Person person : people) {
        person.browser.open(link(proxy, serving, person.name));
        person.browser.await("#reviewer", person.name);
        person.browser.await("#position", "Item 1 of 30");
      }
      for (int item = 0; item < ITEMS; item++) {
        if (item == CRASH) {
          serving.kill();
        }
        for (Person person : people) {
          person.judge(item);
          if (item == CRASH) {
            person.browser.await("#saved", "Not saved yet");
          }
          person.browser.type("n");
        }
        if (item == CRASH + 1) {
          serving = ReviewServing.start(folder);
          proxy.leadTo(serving.port());
        }
        photograph(item, first);
      }
      first.type("acRealistic all through." + Browser.ESCAPE);
      second.type("x");
      for (Person person : people) {
        person.browser.await("#count", "30 of 30 finished");
        person.browser.await("#saved", "All saved");
        assertThat(kept(person.name)).isEqualTo(said(person));
        reload(person.browser, link(proxy, serving, person.name));
        person.browser.await("#summary", "Every item is finished");
      }
      String received = proxy.received().toLowerCase(Locale.ROOT);
      assertThat(received).contains("content-security-policy", "\"reviewer\":\"ben\"", "lot 7 ");
      assertThat(Contests.LABELS).filteredOn(received::contains).isEmpty();
    } finally {
      serving.close();
    }
    assertResults();
  }

  private void assertResults() {
    Program.Ended end = Program.run("review", "results", "--folder", folder.toString(), "--json");
    assertThat(end.status()).as(end.text()).isZero();
    JsonNode results = Json.mapper().readTree(end.text());
    assertThat(results.at("/open").asInt()).isZero();
    assertThat(results.at("/votes/ties").asInt()).isEqualTo(2 * ITEMS / 3);
    assertThat(results.at("/win_rate/n").asInt()).isEqualTo(ITEMS);
    assertThat(results.at("/approvals/Anna/state").asString()).isEqualTo("approved");
    assertThat(results.at("/approvals/Anna/reason").asString()).isEqualTo("Realistic all through.");
    assertThat(results.at("/approvals/Ben/state").asString()).isEqualTo("rejected");
  }

  private static String link(RecordingProxy proxy, ReviewServing serving, String reviewer) {
    return "http://127.0.0.1:" + proxy.port() + "/#" + serving.token(reviewer);
  }

  private static void reload(Browser browser, String link) {
    browser.open("about:blank");
    browser.open(link);
  }

  /** What the page's items should be in the log, by item id. */
  private Map<String, String> said(Person person) throws IOException {
    Map<String, String> said = new LinkedHashMap<>();
    List<String> items = Files.readAllLines(folder.resolve("items.jsonl"));
    for (int item = 0; item < ITEMS; item++) {
      List<Integer> ratings = new ArrayList<>();
      for (int which = 0; which < 6; which++) {
        ratings.add(person.rating(item, which));
      }
      said.put(
          Json.mapper().readTree(items.get(item)).get("id").asString(),
          PREFERENCES.get(person.preference(item)) + ratings + person.comment(item));
    }
    return said;
  }

  /** What the log holds, newest last. */
  private Map<String, String> kept(String reviewer) throws IOException {
    Map<String, String> kept = new LinkedHashMap<>();
    for (String line : Files.readAllLines(folder.resolve("opinions.jsonl"))) {
      JsonNode entry = Json.mapper().readTree(line);
      if (entry.has("item") && entry.get("reviewer").asString().equals(reviewer)) {
        kept.put(entry.get("item").asString(), text(entry.get("opinion")));
      }
    }
    return kept;
  }

  private static String text(JsonNode opinion) {
    List<Integer> ratings = new ArrayList<>();
    for (String criterion : List.of("tone", "grounding", "next_step")) {
      ratings.add(opinion.at("/left/" + criterion).asInt());
      ratings.add(opinion.at("/right/" + criterion).asInt());
    }
    String preference = opinion.path("preference").asString("none");
    return preference + ratings + opinion.get("comment").asString();
  }

  /** The picture in the documentation, on request: -Dreview.picture=true. */
  private static void photograph(int item, Browser browser) throws IOException {
    if (item == CRASH + 5 && Boolean.getBoolean("review.picture")) {
      browser.type("1t43g4");
      browser.await("#saved", "All saved");
      Files.createDirectories(PICTURE.getParent());
      Files.write(PICTURE, browser.screenshot());
      browser.type(Browser.ESCAPE);
    }
  }
}

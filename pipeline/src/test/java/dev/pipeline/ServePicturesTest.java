package dev.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes the pictures of docs/serve.md, and is skipped where nobody asks for them. */
@Tag("e2e")
class ServePicturesTest {
  private static final Path PICTURES = Path.of("../docs/images");

  @TempDir Path home;

  /**
   * The pictures in the documentation, on request: -Dserve.pictures=OUTPUT_DIR of a whole chain.
   */
  @Test
  void photograph() throws IOException {
    String artifacts = System.getProperty("serve.pictures", "");
    Assumptions.assumeFalse(artifacts.isEmpty(), "no pictures are wanted");
    String datasets = Path.of(artifacts).resolveSibling("datasets").toString();
    try (Serving serving =
            Serving.start(
                Map.of(), "--set", "output_dir=" + artifacts, "--set", "dataset_dir=" + datasets);
        Browser browser = Browser.start(home.resolve("profile-5"))) {
      browser.open(serving.page("runs"));
      browser.await("main", "sft");
      picture(browser, "serve-runs.png");
      ServePagesTest.follow(browser, null, "dpo");
      browser.await("figure h3", "Loss");
      picture(browser, "serve-run.png");
      browser.phone(390);
      browser.colours("dark");
      picture(browser, "serve-phone.png");
      browser.phone(0);
      browser.colours("light");
      ServePagesTest.follow(browser, serving.page("datasets"), "curated");
      browser.await("#row-1", "Lineage");
      picture(browser, "serve-dataset.png");
      ServePagesTest.follow(browser, null, "Lineage of ");
      browser.await(".way .subject", "line 1 of train.jsonl");
      picture(browser, "serve-lineage.png");
      browser.open(serving.page("chat"));
      browser.await("#talk[data-ready]", "Ask something");
      browser.type("Our steel costs rose by nine percent. What do you say?" + "\uE007");
      browser.await("#state", "tokens in");
      picture(browser, "serve-chat.png");
      browser.evaluate("document.getElementById('forget').click()");
      browser.await("#empty", "Ask something");
    }
  }

  private static void picture(Browser browser, String name) throws IOException {
    Files.createDirectories(PICTURES);
    Files.write(PICTURES.resolve(name), browser.screenshot());
  }
}

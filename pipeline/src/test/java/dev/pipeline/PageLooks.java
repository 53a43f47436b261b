package dev.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Whether a page can be read and worked by everybody: on a phone and in a window, in dark and
 * light, by keyboard. The browser itself says what it made of it.
 */
final class PageLooks {
  private static final int PHONE = 390;
  private static final int MOST_STOPS = 40;
  private static final String TAB = "\uE004";
  private static final String LOOKS = script();

  private PageLooks() {}

  /** Fails where {@code page} is not so. */
  static void assertGood(Browser browser, String page) {
    browser.open(page);
    assertReadable(browser, page);
    assertWorkedByKeyboard(browser, page);
  }

  /** Fails where the page that is open cannot be read on a phone and a desk, in dark and light. */
  static void assertReadable(Browser browser, String page) {
    browser.await("main", "");
    try {
      for (int width : List.of(PHONE, 0)) {
        browser.phone(width);
        for (String scheme : List.of("dark", "light")) {
          browser.colours(scheme);
          assertThat(findings(browser))
              .as("%s on %s in %s", page, width == PHONE ? "a phone" : "a desk", scheme)
              .isEmpty();
        }
      }
    } finally {
      browser.phone(0);
      browser.colours("light");
    }
  }

  private static List<String> findings(Browser browser) {
    int width = browser.evaluate("return visualViewport.width * visualViewport.scale").asInt();
    return browser.evaluate(LOOKS, width).valueStream().map(JsonNode::asString).toList();
  }

  /** Each stop of the Tab key is within the page's width, and shows that it has the focus. */
  private static void assertWorkedByKeyboard(Browser browser, String page) {
    browser.evaluate(WATCH);
    browser.type(TAB.repeat(MOST_STOPS));
    List<JsonNode> stops = browser.evaluate("return window.stops").valueStream().toList();
    assertThat(stops).as("stops of the Tab key on %s", page).hasSizeGreaterThan(1);
    assertThat(stops)
        .as("the focus is seen on %s", page)
        .allMatch(stop -> stop.get("seen").asBoolean());
  }

  /** Notes every element that gets the focus, and how it looks then. */
  private static final String WATCH =
      """
      document.activeElement.blur();
      window.stops = [];
      document.addEventListener("focusin", ({ target }) => {
        const style = getComputedStyle(target);
        const box = target.getBoundingClientRect();
        const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        window.stops.push({
          name: target.outerHTML.slice(0, 120),
          seen: outlined && box.width > 0 && box.right > 0 && box.left < innerWidth,
        });
      });
      """;

  private static String script() {
    try (InputStream in = PageLooks.class.getResourceAsStream("page-looks.js")) {
      if (in == null) {
        throw new IllegalStateException("page-looks.js is not among the tests");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

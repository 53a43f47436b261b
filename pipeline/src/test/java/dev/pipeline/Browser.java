package dev.pipeline;

import dev.pipeline.io.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;

/**
 * A real Chromium without a window, spoken to as the W3C's WebDriver says: a dozen calls need no
 * library for it.
 */
final class Browser implements AutoCloseable {
  /** What WebDriver calls the escape key. */
  static final String ESCAPE = "\uE00C";

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Pattern PORT = Pattern.compile("on port (\\d+)\\.");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(20);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process driver;
  private final URI session;

  private Browser(Process driver, int port, Path profile) {
    this.driver = driver;
    List<String> arguments =
        List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1120,1260",
            "--user-data-dir=" + profile);
    Map<String, Object> options = Map.of("binary", CHROMIUM.toString(), "args", arguments);
    JsonNode created =
        call(
            "POST",
            URI.create("http://127.0.0.1:" + port + "/session"),
            Map.of("capabilities", Map.of("alwaysMatch", Map.of("goog:chromeOptions", options))));
    session =
        URI.create(
            "http://127.0.0.1:" + port + "/session/" + created.get("sessionId").asString() + "/");
  }

  /** Starts one with an empty {@code profile}; without Chromium the test is skipped, saying how. */
  static Browser start(Path profile) throws IOException {
    Assumptions.assumeTrue(
        Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
        "no Chromium; install it (Debian: apt-get install chromium chromium-driver)");
    Process driver =
        new ProcessBuilder(DRIVER.toString(), "--port=0").redirectErrorStream(true).start();
    BufferedReader output = driver.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher port = PORT.matcher(line);
      if (port.find()) {
        return new Browser(driver, Integer.parseInt(port.group(1)), profile);
      }
    }
    throw new IOException("chromedriver did not start");
  }

  void open(String url) {
    post("url", Map.of("url", url));
  }

  /** Presses and lets go of one key after the other, wherever the focus is. */
  void type(String keys) {
    List<Map<String, String>> actions = new ArrayList<>();
    keys.codePoints()
        .mapToObj(Character::toString)
        .forEach(
            key -> {
              actions.add(Map.of("type", "keyDown", "value", key));
              actions.add(Map.of("type", "keyUp", "value", key));
            });
    post(
        "actions",
        Map.of("actions", List.of(Map.of("type", "key", "id", "keys", "actions", actions))));
  }

  /**
   * The visible text of the element that {@code selector} finds first; empty when there is none.
   */
  String text(String selector) {
    return evaluate("return document.querySelector(arguments[0])?.innerText ?? ''", selector)
        .asString();
  }

  /** What a script returns. */
  JsonNode evaluate(String script, Object... arguments) {
    return post("execute/sync", Map.of("script", script, "args", List.of(arguments)));
  }

  /** Waits until the element's text contains {@code words}. */
  void await(String selector, String words) {
    waitFor(
        () -> text(selector).contains(words),
        () -> selector + " is \"" + text(selector) + "\", not \"" + words + "\"");
  }

  /** Waits until a script returns true. */
  void awaitThat(String script, Object... arguments) {
    waitFor(
        () -> evaluate(script, arguments).asBoolean(),
        () -> script + " of " + List.of(arguments) + " is false on " + text("body"));
  }

  private static void waitFor(BooleanSupplier wanted, Supplier<String> trouble) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!wanted.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(trouble.get());
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  /** Looks like a phone of that many pixels, or, where it is 0, like the window again. */
  void phone(int width) {
    if (width == 0) {
      command("Emulation.clearDeviceMetricsOverride", Map.of());
    } else {
      command(
          "Emulation.setDeviceMetricsOverride",
          Map.of("width", width, "height", 844, "deviceScaleFactor", 2, "mobile", true));
    }
  }

  /** Prefers {@code scheme}, dark or light. */
  void colours(String scheme) {
    command(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** A command of the Chrome DevTools protocol. */
  private void command(String name, Map<String, ?> parameters) {
    post("goog/cdp/execute", Map.of("cmd", name, "params", parameters));
  }

  /** The window as a PNG. */
  byte[] screenshot() {
    return Base64.getDecoder()
        .decode(call("GET", session.resolve("screenshot"), Map.of()).asString());
  }

  @Override
  public void close() {
    call("DELETE", URI.create(session.toString().replaceFirst("/$", "")), Map.of());
    driver.destroy();
  }

  private JsonNode post(String command, Map<String, ?> parameters) {
    return call("POST", session.resolve(command), parameters);
  }

  private JsonNode call(String method, URI uri, Map<String, ?> parameters) {
    HttpRequest.BodyPublisher body =
        method.equals("POST")
            ? HttpRequest.BodyPublishers.ofString(Json.line(parameters))
            : HttpRequest.BodyPublishers.noBody();
    try {
      HttpResponse<String> reply =
          client.send(
              HttpRequest.newBuilder(uri).method(method, body).build(),
              HttpResponse.BodyHandlers.ofString());
      JsonNode value = Json.mapper().readTree(reply.body()).get("value");
      if (reply.statusCode() != 200) {
        throw new AssertionError(method + " " + uri + ": " + value);
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

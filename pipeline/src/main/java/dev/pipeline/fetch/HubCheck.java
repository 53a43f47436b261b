package dev.pipeline.fetch;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import okhttp3.Headers;
import okhttp3.Response;

/** Whether a hub answers, and whether it takes the token. */
public final class HubCheck {
  private static final Duration HELLO = Duration.ofSeconds(3);
  private static final int UNAUTHORIZED = 401;

  private HubCheck() {}

  /**
   * What was found.
   *
   * @param detail in words
   * @param fix what to do, empty when nothing is
   */
  public record Finding(String detail, String fix) {}

  /** Asks the hub of {@code environment} once, and waits a few seconds at most. */
  public static Finding look(Map<String, String> environment) {
    if (Hub.offline(environment)) {
      return new Finding("not asked: HF_HUB_OFFLINE is set, fetch uses what is there", "");
    }
    Hub hub = Hub.of(null, environment);
    boolean token = hub.token().isPresent();
    try (HubHttp http = new HubHttp(hub, HELLO, 1);
        Response response =
            http.get(
                token ? hub.whoAmI() : hub.anything(), Headers.of("Accept", "application/json"))) {
      if (token && response.code() == UNAUTHORIZED) {
        return new Finding(
            hub + " does not take the token",
            "set HF_TOKEN to a valid one (" + hub + "/settings/tokens), or unset it");
      }
      return response.isSuccessful()
          ? new Finding(
              hub + " answers, " + (token ? "and takes the token" : "no token is set (HF_TOKEN)"),
              "")
          : new Finding(
              hub + " answers HTTP " + response.code(), "fetch may work later; see HF_ENDPOINT");
    } catch (IOException e) {
      return new Finding(
          hub + " does not answer: " + Patience.reason(e),
          "fetch needs it, nothing else does: check the connection, name a mirror in HF_ENDPOINT,"
              + " or set HF_HUB_OFFLINE=1");
    }
  }
}

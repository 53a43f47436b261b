package dev.pipeline.fetch;

import dev.pipeline.io.Failure;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** What a hub means by its status codes and by its header X-Error-Code. */
final class HubAnswer {
  private static final Set<Integer> TEMPORARY = Set.of(408, 425, 429, 500, 502, 503, 504);
  private static final String LATER = "check the connection, then run the same command again";

  private final Hub hub;
  private final ModelReference model;
  private final Optional<String> near;

  /**
   * The meaning of answers about a model.
   *
   * @param near a known model with a name like this one's
   */
  HubAnswer(Hub hub, ModelReference model, Optional<String> near) {
    this.hub = hub;
    this.model = model;
    this.near = near;
  }

  /**
   * Nothing for success.
   *
   * @throws Temporary when the same request may succeed later
   * @throws Failure when it will not
   */
  void requireSuccess(Response response, String what) throws IOException {
    if (response.isSuccessful()) {
      return;
    }
    int status = response.code();
    String host = response.request().url().host();
    if (TEMPORARY.contains(status)) {
      throw new Temporary(
          host + " answers HTTP " + status,
          retryAfter(response.header("Retry-After"), Instant.now()));
    }
    if (!hub.isOrigin(response.request().url())) {
      // A signed address that ran out; the hub gives a new one.
      throw new Temporary(host + ", where the hub points, answers HTTP " + status);
    }
    throw failure(status, response, what);
  }

  /** How long a server asks to wait: seconds, or a date (RFC 9110, 10.2.3). */
  static Optional<Duration> retryAfter(@Nullable String header, Instant now) {
    if (header == null) {
      return Optional.empty();
    }
    try {
      String text = header.strip();
      Duration wait =
          text.matches("\\d{1,9}")
              ? Duration.ofSeconds(Long.parseLong(text))
              : Duration.between(
                  now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException neither) {
      return Optional.empty();
    }
  }

  private Failure failure(int status, Response response, String what) {
    String code = String.valueOf(response.header("X-Error-Code"));
    String page = hub + "/" + model.repository();
    if (code.equals("GatedRepo")) {
      return Failure.refused(
          model.repository() + " is gated: the hub wants its licence accepted",
          "accept it at "
              + page
              + (hasToken() ? "" : ", and set HF_TOKEN to a token that may read it"));
    }
    if (code.equals("RevisionNotFound")) {
      return Failure.usage(
          model.repository() + " has no revision \"" + model.revision() + "\"",
          "name a branch, a tag or a commit of " + page + "/tree/" + ModelReference.MAIN);
    }
    if (code.equals("EntryNotFound")) {
      return Failure.infrastructure(
          what + " is listed but not there", "run the same command again to list it anew", null);
    }
    // Who shows no token is not told whether there is such a model: a hub says 401 for both.
    if (code.equals("RepoNotFound") || status == 404 || (status == 401 && !hasToken())) {
      return unknown();
    }
    if (status == 401) {
      return Failure.infrastructure(
          hub + " does not take the token (HTTP 401)",
          "set HF_TOKEN to a valid one (" + hub + "/settings/tokens), or unset it",
          null);
    }
    if (status == 403) {
      return Failure.refused(
          "the token may not read " + model.repository() + " (HTTP 403)" + said(response),
          "give it leave to read this repository (" + hub + "/settings/tokens)");
    }
    return Failure.infrastructure(
        hub + " answers HTTP " + status + " for " + what + said(response), LATER, null);
  }

  private Failure unknown() {
    String own = hasToken() ? "or the token may not see it" : "or it is private: set HF_TOKEN then";
    return Failure.usage(
        hub + " shows no model " + model.repository(),
        near.map(name -> "did you mean " + name + "? ").orElse("check the name, ") + own);
  }

  private boolean hasToken() {
    return hub.token().isPresent();
  }

  private static String said(Response response) {
    String message = response.header("X-Error-Message");
    return message == null ? "" : ": " + Printable.of(message);
  }
}

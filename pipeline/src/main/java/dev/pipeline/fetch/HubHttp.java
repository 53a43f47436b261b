package dev.pipeline.fetch;

import dev.pipeline.io.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Requests to a hub and to where it points. Redirects are followed here and not by the library, for
 * each of them decides anew whether the token goes along: to the hub's own origin, nowhere else.
 */
final class HubHttp implements AutoCloseable {
  private static final int MOST_REDIRECTS = 5;
  private static final Duration CONNECT = Duration.ofSeconds(15);
  private static final String AGENT = "pipeline (fetch)";

  private final Hub hub;
  private final OkHttpClient http;

  HubHttp(Hub hub, Duration stall, int connections) {
    this.hub = hub;
    this.http =
        new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            // Attempts are counted by Patience alone.
            .retryOnConnectionFailure(false)
            .connectTimeout(stall.compareTo(CONNECT) < 0 ? stall : CONNECT)
            .readTimeout(stall)
            .connectionPool(new ConnectionPool(connections, 1, TimeUnit.MINUTES))
            .build();
  }

  /**
   * The answer to a request, behind all redirects; the caller closes it.
   *
   * @throws Failure for redirects that an honest hub does not send
   */
  Response get(HttpUrl url, Headers headers) throws IOException {
    HttpUrl here = url;
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      Response response = http.newCall(request(here, headers)).execute();
      HttpUrl next = target(response);
      if (next == null) {
        return response;
      }
      response.close();
      requireNoDowngrade(here, next);
      here = next;
    }
    throw Failure.infrastructure(
        url.host() + " redirects in circles, more than " + MOST_REDIRECTS + " times",
        "ask who runs that hub, or name another with --endpoint",
        null);
  }

  static void requireNoDowngrade(HttpUrl from, HttpUrl to) {
    if (from.isHttps() && !to.isHttps()) {
      throw Failure.refused(
          from.host() + " points from https to http, at " + to.host(),
          "nothing was sent there; ask who runs that hub, or name another with --endpoint");
    }
  }

  /** Ends all requests that are under way. */
  void cancelAll() {
    http.dispatcher().cancelAll();
  }

  @Override
  public void close() {
    http.connectionPool().evictAll();
    http.dispatcher().executorService().shutdown();
  }

  private Request request(HttpUrl url, Headers headers) {
    Request.Builder request =
        new Request.Builder()
            .url(url)
            .headers(headers)
            .header("User-Agent", AGENT)
            // Lengths and ranges count the bytes of the file, not of a compressed one.
            .header("Accept-Encoding", "identity");
    if (hub.isOrigin(url)) {
      hub.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    }
    return request.build();
  }

  private static @Nullable HttpUrl target(Response response) {
    if (!response.isRedirect()) {
      return null;
    }
    String location = response.header("Location");
    HttpUrl target = location == null ? null : response.request().url().resolve(location);
    if (target == null) {
      response.close();
      throw Failure.refused(
          response.request().url().host()
              + " redirects to "
              + (location == null
                  ? "nowhere"
                  : "what is no web address: " + Printable.of(location)),
          "ask who runs that hub, or name another with --endpoint");
    }
    return target;
  }
}

package dev.pipeline.serve.guard;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What decides whether a request is answered.
 *
 * @param uri as it was sent, before anything was decoded
 * @param host the header; who was meant
 * @param origin the header that browsers add for the page that asks
 * @param site Sec-Fetch-Site: how that page is related to this service
 * @param navigation whether a person follows a link, rather than a page asking by itself
 * @param bearer token in the header Authorization
 * @param cookie of a login
 * @param reached address of this machine that the request came to
 */
record Asked(
    String method,
    String uri,
    @Nullable String host,
    @Nullable String origin,
    @Nullable String site,
    boolean navigation,
    @Nullable String bearer,
    @Nullable String cookie,
    String reached) {
  private static final String BEARER = "Bearer ";

  static Asked of(HttpServletRequest request) {
    String authorization = request.getHeader("Authorization");
    return new Asked(
        request.getMethod(),
        request.getRequestURI(),
        request.getHeader("Host"),
        request.getHeader("Origin"),
        request.getHeader("Sec-Fetch-Site"),
        "navigate".equals(request.getHeader("Sec-Fetch-Mode")),
        authorization != null && authorization.startsWith(BEARER)
            ? authorization.substring(BEARER.length())
            : null,
        cookie(request).orElse(null),
        request.getLocalAddr());
  }

  /** What the cookie of a login holds. */
  static Optional<String> cookie(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    for (Cookie one : cookies == null ? new Cookie[0] : cookies) {
      if (one.getName().equals(Logins.COOKIE)) {
        return Optional.of(one.getValue());
      }
    }
    return Optional.empty();
  }

  boolean reads() {
    return method.equals("GET") || method.equals("HEAD");
  }
}

package dev.pipeline.serve.guard;

import dev.pipeline.io.Json;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stands before every handler, those of libraries included: asks the doorkeeper, bounds bodies, and
 * tells browsers what pages may do.
 */
public final class Guard implements Filter {
  /** Longer bodies are refused unread. */
  public static final int LARGEST_BODY = 128 * 1024;

  /** Where a browser shows the token. */
  public static final String LOGIN = "/login";

  /** Nothing from elsewhere, nothing framed, nothing kept, nothing sniffed. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
              + " img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private final Doorkeeper doorkeeper;

  /** A guard; see {@link Doorkeeper}. */
  public Guard(Optional<AccessToken> token, Logins logins, List<String> names) {
    this.doorkeeper = new Doorkeeper(token, logins, names);
  }

  @Override
  public void doFilter(ServletRequest heard, ServletResponse reply, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest request = (HttpServletRequest) heard;
    HttpServletResponse response = (HttpServletResponse) reply;
    HEADERS.forEach(response::setHeader);
    Optional<Doorkeeper.Refusal> refusal = doorkeeper.judge(Asked.of(request));
    if (refusal.isPresent()) {
      refuse(request, response, refusal.get());
    } else if (request.getContentLengthLong() > LARGEST_BODY) {
      String reason = "this is longer than " + LARGEST_BODY + " bytes";
      refuse(request, response, new Doorkeeper.Refusal(413, reason));
    } else {
      chain.doFilter(new BoundedRequest(request, LARGEST_BODY), response);
    }
  }

  /** People who open a page are led to the login; programs are told. */
  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, Doorkeeper.Refusal refusal)
      throws IOException {
    String accept = Optional.ofNullable(request.getHeader("Accept")).orElse("");
    if (refusal.status() == 401
        && request.getMethod().equals("GET")
        && accept.contains("text/html")) {
      response.setStatus(303);
      response.setHeader("Location", LOGIN);
      return;
    }
    response.setStatus(refusal.status());
    response.setContentType("application/json");
    response
        .getOutputStream()
        .write(Json.line(Map.of("error", refusal.reason())).getBytes(StandardCharsets.UTF_8));
  }
}

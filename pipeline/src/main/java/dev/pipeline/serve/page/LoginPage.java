package dev.pipeline.serve.page;

import dev.pipeline.serve.guard.AccessToken;
import dev.pipeline.serve.guard.Logins;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where a browser shows the token once, and gets a cookie for half a day. */
@Hidden
@RestController
public final class LoginPage {
  private final Pages pages;
  private final Optional<AccessToken> token;
  private final Logins logins;

  /** A login with {@code token}. */
  public LoginPage(Pages pages, Optional<AccessToken> token, Logins logins) {
    this.pages = pages;
    this.token = token;
    this.logins = logins;
  }

  @GetMapping("/login")
  ResponseEntity<String> form() {
    return token.isEmpty() ? away() : Pages.html(200, shown(""));
  }

  @PostMapping(path = "/login", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
  ResponseEntity<String> enter(@RequestParam("token") String given, HttpServletRequest request) {
    if (request.getQueryString() != null) {
      return Pages.html(400, shown("An address is kept by whoever hands it on: use the form."));
    }
    if (token.isEmpty()) {
      return away();
    }
    if (!token.get().matches(given.strip())) {
      return Pages.html(401, shown("That is not the token."));
    }
    return seeOther("/", cookie(logins.open(), Logins.LIFE));
  }

  @PostMapping("/logout")
  ResponseEntity<String> leave(
      @CookieValue(name = Logins.COOKIE, required = false) @Nullable String cookie) {
    if (cookie != null) {
      logins.close(cookie);
    }
    return seeOther("/login", cookie("", Duration.ZERO));
  }

  private String shown(String trouble) {
    return pages.part("login", Map.of("trouble", trouble));
  }

  private static ResponseEntity<String> away() {
    return ResponseEntity.status(303).location(URI.create("/")).build();
  }

  private static ResponseEntity<String> seeOther(String path, ResponseCookie cookie) {
    return ResponseEntity.status(303)
        .location(URI.create(path))
        .header(HttpHeaders.SET_COOKIE, cookie.toString())
        .build();
  }

  /** No script reads it, and no other site's page sends it. */
  private static ResponseCookie cookie(String value, Duration life) {
    return ResponseCookie.from(Logins.COOKIE, value)
        .httpOnly(true)
        .sameSite("Strict")
        .path("/")
        .maxAge(life)
        .build();
  }
}

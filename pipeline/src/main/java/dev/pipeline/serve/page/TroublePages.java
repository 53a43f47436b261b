package dev.pipeline.serve.page;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is left when nothing else answered: a status and a sentence, never a stack trace. */
@Hidden
@RestController
public final class TroublePages implements ErrorController {
  private final Pages pages;

  /** Pages in the same frame. */
  public TroublePages(Pages pages) {
    this.pages = pages;
  }

  @RequestMapping("/error")
  ResponseEntity<String> trouble(HttpServletRequest request) {
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    int status = code instanceof Integer known ? known : 404;
    String reason = status < 500 ? "There is no such page." : "This went wrong on our side.";
    return wantsHtml(request)
        ? page(status, reason)
        : ResponseEntity.status(status)
            .contentType(MediaType.APPLICATION_JSON)
            .body(Json.line(Map.of("error", reason)));
  }

  /** The page for {@code failure}, where a person asked for a page. */
  Optional<ResponseEntity<String>> pageFor(
      HttpServletRequest request, int status, Failure failure) {
    return wantsHtml(request)
        ? Optional.of(page(status, failure.reason() + "; " + failure.fix()))
        : Optional.empty();
  }

  /** The page for {@code error}, where a person asked for a page. */
  Optional<ResponseEntity<String>> pageFor(HttpServletRequest request, Exception error) {
    if (!wantsHtml(request)) {
      return Optional.empty();
    }
    if (error instanceof ErrorResponse known) {
      String detail = known.getBody().getDetail();
      return Optional.of(
          page(known.getStatusCode().value(), detail == null ? "There is no such page." : detail));
    }
    return Optional.of(page(500, "This went wrong on our side; the log says more."));
  }

  private ResponseEntity<String> page(int status, String reason) {
    return pages.page(status, "trouble", "Trouble", "", Map.of("status", status, "reason", reason));
  }

  private static boolean wantsHtml(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    return accept != null && accept.contains("text/html");
  }
}

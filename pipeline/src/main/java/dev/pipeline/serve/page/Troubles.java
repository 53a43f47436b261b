package dev.pipeline.serve.page;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.serve.guard.TooLong;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What went wrong, in a sentence and without a stack trace; those are in the log. */
@RestControllerAdvice
public final class Troubles {
  private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);
  private static final int LONGEST_KEY = 60;

  private final TroublePages pages;

  /** Told as {@code pages} to people, as JSON to programs. */
  public Troubles(TroublePages pages) {
    this.pages = pages;
  }

  /** Somebody else's fault, or a missing piece, that has words for it. */
  @ExceptionHandler
  ResponseEntity<?> failure(Failure failure, HttpServletRequest request) {
    int status =
        switch (failure.exitCode()) {
          case USAGE -> 400;
          case REFUSED -> 422;
          default -> 503;
        };
    if (failure.exitCode() == ExitCode.INFRASTRUCTURE) {
      LOG.warn("{}", failure.reason(), failure);
    }
    return pages
        .pageFor(request, status, failure)
        .<ResponseEntity<?>>map(page -> page)
        .orElseGet(() -> reply(status, HttpHeaders.EMPTY, failure.reason(), failure.fix()));
  }

  /** The browser has gone; there is nobody to tell. */
  @ExceptionHandler
  void gone(AsyncRequestNotUsableException gone) {
    LOG.debug("the other side has gone", gone);
  }

  /** Everything else: what Spring has a status for, and what is a mistake of ours. */
  @ExceptionHandler
  ResponseEntity<?> other(Exception error, HttpServletRequest request) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof TooLong tooLong) {
        return reply(413, HttpHeaders.EMPTY, String.valueOf(tooLong.getMessage()), "");
      }
    }
    if (error instanceof InvalidParameterException parameters) {
      String reason = "address or form is too long, or not encoded as addresses are";
      return reply(parameters.getErrorCode(), HttpHeaders.EMPTY, reason, "");
    }
    if (error instanceof HttpMessageNotReadableException
        || error instanceof TypeMismatchException) {
      if (error.getCause() instanceof UnrecognizedPropertyException unknown) {
        return failure(unknownKey(unknown), request);
      }
      String reason = "the request is not of the shape that is described at /api";
      return other(new ResponseStatusException(HttpStatus.BAD_REQUEST, reason), request);
    }
    if (!(error instanceof ErrorResponse)) {
      LOG.error("unexpected", error);
    }
    return pages
        .pageFor(request, error)
        .<ResponseEntity<?>>map(page -> page)
        .orElseGet(() -> asJson(error));
  }

  private static Failure unknownKey(UnrecognizedPropertyException unknown) {
    String key = unknown.getPropertyName();
    return Failure.usage(
        "the body has a key that is not known: "
            + key.substring(0, Math.min(LONGEST_KEY, key.length())),
        Objects.requireNonNullElse(unknown.getKnownPropertyIds(), List.of()).stream()
            .map(String::valueOf)
            .collect(Collectors.joining(", ", "known are ", "")));
  }

  private static ResponseEntity<?> asJson(Exception error) {
    if (error instanceof ErrorResponse known) {
      String detail = String.valueOf(known.getBody().getDetail());
      return reply(known.getStatusCode().value(), known.getHeaders(), detail, "");
    }
    return reply(500, HttpHeaders.EMPTY, "this went wrong on our side; the log says more", "");
  }

  private static ResponseEntity<Map<String, String>> reply(
      int status, HttpHeaders headers, String reason, String fix) {
    Map<String, String> body =
        fix.isEmpty() ? Map.of("error", reason) : Map.of("error", reason, "fix", fix);
    return ResponseEntity.status(status)
        .headers(headers)
        .contentType(MediaType.APPLICATION_JSON)
        .body(body);
  }
}

package dev.pipeline.serve.api;

import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** What is asked for is not there. */
public final class Missing {
  private Missing() {}

  /** 404, in a sentence. */
  public static Supplier<ResponseStatusException> of(String what) {
    return () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no " + what);
  }
}

package dev.pipeline.serve.api;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.lineage.Walk;
import dev.pipeline.serve.look.LineageDesk;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code /api/lineage}. */
@RestController
@RequestMapping("/api/lineage")
public final class LineageApi {
  private final LineageDesk desk;

  /** Of the ways that {@code desk} tells. */
  public LineageApi(LineageDesk desk) {
    this.desk = desk;
  }

  @Operation(summary = "What something came of and what came of it, from a row to GGUF and plan")
  @GetMapping
  Walk walk(
      @Parameter(
              description =
                  "SHA-256 of a raw line, a row or a file, a dataset's version, a run's key, a"
                      + " release (release:3), a name at Ollama, a plan's id, or an id of a node")
          @RequestParam
          String of,
      @Parameter(description = "Whether every file on the way is looked at, which takes its time")
          @RequestParam(defaultValue = "false")
          boolean verify) {
    try {
      return desk.walk(of, verify);
    } catch (Failure failure) {
      if (failure.exitCode() == ExitCode.USAGE) {
        // As the page says it: what is asked for is not there.
        throw new ResponseStatusException(
            HttpStatus.NOT_FOUND, failure.reason() + "; " + failure.fix(), failure);
      }
      throw failure;
    }
  }
}

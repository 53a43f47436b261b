package dev.pipeline.export.llama;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the child answers, one JSON line each; exactly one component is set.
 *
 * @param progress share done of a long operation, 0 to 1; more lines follow
 * @param result the answer
 * @param problem why there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Reply(@Nullable Double progress, @Nullable JsonNode result, @Nullable Problem problem) {
  /** A {@link Failure} on its way through the pipe. */
  record Problem(ExitCode exitCode, String reason, String fix) {
    Failure toFailure(String detail) {
      return exitCode == ExitCode.REFUSED
          ? Failure.refused(reason + detail, fix)
          : exitCode == ExitCode.USAGE
              ? Failure.usage(reason + detail, fix)
              : Failure.infrastructure(reason + detail, fix, null);
    }
  }

  static Reply progress(double share) {
    return new Reply(share, null, null);
  }

  static Reply result(Object value) {
    return new Reply(null, Json.mapper().valueToTree(value), null);
  }

  static Reply problem(Failure failure) {
    return new Reply(null, null, new Problem(failure.exitCode(), failure.reason(), failure.fix()));
  }
}

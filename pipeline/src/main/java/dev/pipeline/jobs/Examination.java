package dev.pipeline.jobs;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.util.Locale;

/**
 * What {@code doctor} or {@code validate} found in one place.
 *
 * @param place what was looked at
 * @param state how it is
 * @param detail what was found
 * @param fix what to do, empty when nothing is to be done
 * @param exitCode what the process ends with because of it
 */
public record Examination(String place, State state, String detail, String fix, int exitCode) {
  /** How it is. */
  public enum State {
    /** It works. */
    PASS,
    /** Something is not as it could be, and nothing that is configured needs it. */
    WARN,
    /** A run with these settings would fail. */
    FAIL;

    /** The word in JSON. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Examination ok(String place, String detail) {
    return new Examination(place, State.PASS, detail, "", ExitCode.OK.status());
  }

  static Examination warn(String place, String detail, String fix) {
    return new Examination(place, State.WARN, detail, fix, ExitCode.OK.status());
  }

  static Examination fail(String place, Failure failure) {
    return new Examination(
        place, State.FAIL, failure.reason(), failure.fix(), failure.exitCode().status());
  }
}

package dev.pipeline.jobs;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;

/**
 * What {@code doctor} found in one place.
 *
 * @param place what was looked at
 * @param state how it is
 * @param detail what was found
 * @param fix what to do, empty when nothing is
 * @param exitCode what the command ends with because of it
 */
public record Examination(String place, State state, String detail, String fix, ExitCode exitCode) {
  /** How it is. */
  public enum State {
    /** It works. */
    PASS,
    /** Something is not as it could be, and nothing that is configured needs it. */
    WARN,
    /** A run with these settings would fail. */
    FAIL
  }

  static Examination ok(String place, String detail) {
    return new Examination(place, State.PASS, detail, "", ExitCode.OK);
  }

  static Examination warn(String place, String detail, String fix) {
    return new Examination(place, State.WARN, detail, fix, ExitCode.OK);
  }

  static Examination fail(String place, Failure failure) {
    return new Examination(place, State.FAIL, failure.reason(), failure.fix(), failure.exitCode());
  }
}

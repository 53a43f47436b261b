package dev.pipeline.cli;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Json;
import dev.pipeline.jobs.Examination;
import dev.pipeline.jobs.Examination.State;
import java.util.List;

/** What doctor and validate found, told alike. */
final class Examinations {
  private Examinations() {}

  /** Prints them as lines, or as JSON. */
  static void print(List<Examination> found, boolean json) {
    if (json) {
      System.out.print(Json.pretty(found));
    } else {
      found.forEach(Examinations::print);
    }
  }

  /** What the process ends with: the first failure's, 0 without one. */
  static int status(List<Examination> found) {
    return found.stream()
        .filter(one -> one.state() == State.FAIL)
        .mapToInt(Examination::exitCode)
        .findFirst()
        .orElse(ExitCode.OK.status());
  }

  /** Failures stand out. */
  private static void print(Examination found) {
    String state = found.state() == State.FAIL ? "FAIL" : found.state().word();
    System.out.printf("%-4s  %-11s  %s%n", state, found.place(), found.detail());
    if (!found.fix().isEmpty()) {
      System.out.println("      fix: " + found.fix());
    }
  }
}

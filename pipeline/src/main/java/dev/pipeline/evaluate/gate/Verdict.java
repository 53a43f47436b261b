package dev.pipeline.evaluate.gate;

import dev.pipeline.io.Failure;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the gate decided, and why.
 *
 * @param pass whether the model may be published
 */
public record Verdict(boolean pass, List<Check> checks) {
  /** Copies the checks, so that a verdict never changes. */
  public Verdict {
    checks = List.copyOf(checks);
  }

  static Verdict of(List<Check> checks) {
    return new Verdict(checks.stream().allMatch(Check::pass), checks);
  }

  /** One line for each bound that does not hold. */
  public List<String> reasons() {
    return checks.stream().filter(check -> !check.pass()).map(Check::reason).toList();
  }

  /**
   * Stops with the gate's exit code unless the model passed.
   *
   * @param report the file in which people read what failed
   */
  public void orThrow(String report) {
    if (!pass) {
      throw Failure.gate(
          "the gate failed: " + reasons().stream().collect(Collectors.joining("; ")),
          "read "
              + report
              + ", mend the data or the training, and run again; nothing was published");
    }
  }
}
